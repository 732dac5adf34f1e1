"""What the program talks about: frozen values and pure functions, no input or output."""
