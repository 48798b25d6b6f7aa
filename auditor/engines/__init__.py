"""Where survey and judge run."""
