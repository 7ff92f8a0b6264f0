"""The generator's parts: schemas reads the contract, structs and catalogue write Swift from it."""
