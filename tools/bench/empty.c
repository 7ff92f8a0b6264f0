// A program that does nothing, as the measure of what it costs at best to start one.

int main(void) { return 0; }
