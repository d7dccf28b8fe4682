"""What people do with deals: one function per thing done, by theme."""
