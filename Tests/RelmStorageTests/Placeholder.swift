// Placeholder, replaced by the first real tests of RelmStorage.
