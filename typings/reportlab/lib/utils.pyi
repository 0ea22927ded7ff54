"""Types of the part of ReportLab's utilities that the paper engine uses."""

from PIL.Image import Image

class ImageReader:
    def __init__(self, fileName: Image) -> None: ...
