"""Clusters that are hard to set in Thai: tall and deep letters, stacked marks, SARA AM, silent letters."""

_STACKS = ("ี่", "ิ้", "ื๊", "ั่", "้ำ", "ำ", "ึ้", "์", "็")
_BELOW = ("ู", "ุ", "ู้", "ฺ")
_WORDS = """
ที่ ปู่ นี่ ฝั่ง ป้ ปื๊ด น้ำ ซ้ำ ฝ้ำ ญี่ปุ่น ฏิ์ พันธุ์ สิทธิ์ ศักดิ์ เก็บ เปรี้ยว โป๊ ไฟ ใฝ่ แป้ง ๆ ฯลฯ ฤๅ ฦ กฺ กํ กํ่ ปํ ก๎ เป็น ผู้ ฟู้ ฎู่ รู้ ปุ๋ย จั๊ก
จุ๋ม ต๋ำ ต๊ำ พ่ำ
"""

CLUSTERS = [
    *(letter + stack for letter in "กปฟฬ" for stack in _STACKS),
    *(letter + below for letter in "ญฐฎฏ" for below in _BELOW),
    *_WORDS.split(),
]
