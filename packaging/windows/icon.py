#!/usr/bin/env python3
"""icon.py OUTPUT PNG...: one .ico of pictures of several sizes. Windows takes PNGs in it since Vista."""
import struct
import sys

output, *names = sys.argv[1:]
pictures = [open(name, "rb").read() for name in names]
offset = 6 + 16 * len(pictures)
head = struct.pack("<HHH", 0, 1, len(pictures))
for picture in pictures:
    width, height = struct.unpack(">II", picture[16:24])
    head += struct.pack("<BBBBHHII", width % 256, height % 256, 0, 0, 1, 32, len(picture), offset)
    offset += len(picture)
with open(output, "wb") as icon:
    icon.write(head + b"".join(pictures))
