"""Reports: a layout and a snapshot become a DocumentTree, a writer makes it a file."""
