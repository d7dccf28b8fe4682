"""What people do with leads: one function per thing done, by theme."""
