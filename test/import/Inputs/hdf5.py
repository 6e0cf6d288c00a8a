"""Writes small HDF5 files, in the format's oldest form.

    hdf5.encode(tree)

A tree is a dict: of groups (dicts), datasets, which are (shape, numbers) or
(shape, numbers, struct's letter), and attributes, whose names begin with "@": a
text or a list of them.
"""

import struct

UNDEFINED = b"\xff" * 8
LEAF_K = 64  # half of the entries that a group may have
TYPES = {"f": b"\x11\x20\x1f\0" + struct.pack("<IHHBBBBI", 4, 0, 32, 23, 8, 0,
                                              23, 127),
         "d": b"\x11\x20\x3f\0" + struct.pack("<IHHBBBBI", 8, 0, 64, 52, 11, 0,
                                              52, 1023),
         "b": b"\x10\x08\0\0" + struct.pack("<IHH", 1, 0, 8),
         "q": b"\x10\x08\0\0" + struct.pack("<IHH", 8, 0, 64)}


def pad(data):
    return data + bytes(-len(data) % 8)


def dataspace(shape):
    return struct.pack("<BBBBI", 1, len(shape), 0, 0, 0) + struct.pack(
        f"<{len(shape)}Q", *shape)


def message(kind, data):
    data = pad(data)
    return struct.pack("<HHB3x", kind, len(data), 0) + data


def attribute(name, value):
    texts = [value] if isinstance(value, str) else value
    texts = [text.encode() for text in texts]
    size = max([len(text) for text in texts] + [1])
    name = name.encode() + b"\0"
    datatype = b"\x13\x01\0\0" + struct.pack("<I", size)
    space = dataspace([] if isinstance(value, str) else [len(texts)])
    head = struct.pack("<BxHHH", 1, len(name), len(datatype), len(space))
    data = b"".join(text.ljust(size, b"\0") for text in texts)
    return message(12, head + pad(name) + pad(datatype) + pad(space) + data)


class Writer:
    def __init__(self):
        self.content = bytearray(96)  # the superblock comes last

    def put(self, data):
        """Appends data and says where it is."""
        place = len(self.content)
        self.content += pad(data)
        return place

    def header(self, messages):
        data = b"".join(messages)
        return self.put(struct.pack("<BxHII4x", 1, len(messages), 1,
                                    len(data)) + data)

    def dataset(self, shape, numbers, letter="f"):
        data = struct.pack(f"<{len(numbers)}{letter}", *numbers)
        layout = struct.pack("<BBQQ", 3, 1, self.put(data), len(data))
        return self.header([message(1, dataspace(shape)),
                            message(3, TYPES[letter]),
                            message(5, b"\2\2\0\0"), message(8, layout)])

    def group(self, tree):
        attributes = [attribute(name[1:], value)
                      for name, value in tree.items() if name.startswith("@")]
        names = sorted(name for name in tree if not name.startswith("@"))
        assert len(names) <= 2 * LEAF_K
        heap, entries = bytes(8), b""
        for name in names:
            child = tree[name]
            place = (self.group(child) if isinstance(child, dict)
                     else self.dataset(*child))
            entries += struct.pack("<QQ24x", len(heap), place)
            heap += pad(name.encode() + b"\0")
        last = len(heap) - len(pad(names[-1].encode() + b"\0")) if names else 0
        nodes = self.put(b"SNOD" + struct.pack("<BxH", 1, len(names)) +
                         entries.ljust(80 * LEAF_K, b"\0"))
        tree_node = self.put(
            b"TREE" + struct.pack("<BBH", 0, 0, bool(names)) + UNDEFINED * 2 +
            struct.pack("<QQQ", 0, nodes, last) + bytes(16 * 32))
        names_at = self.put(heap)
        heap_at = self.put(b"HEAP" + struct.pack("<B3xQQQ", 0, len(heap), 1,
                                                 names_at))
        return self.header([message(17, struct.pack("<QQ", tree_node,
                                                    heap_at))] + attributes)


def encode(tree):
    writer = Writer()
    root = writer.group(tree)
    writer.content[:96] = (
        b"\x89HDF\r\n\x1a\n" + struct.pack("<8B", 0, 0, 0, 0, 0, 8, 8, 0) +
        struct.pack("<HHI", LEAF_K, 16, 0) + struct.pack("<Q", 0) + UNDEFINED +
        struct.pack("<Q", len(writer.content)) + UNDEFINED +
        struct.pack("<QQ24x", 0, root))
    return bytes(writer.content)
