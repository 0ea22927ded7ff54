"""The district's window: files of many offices received, counted, looked into and reported."""
