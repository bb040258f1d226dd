"""Where packs are. The engine names their folders in STORMGLASS_PACKS."""

import os

__all__ = ["get_packs_base_paths", "get_pack_base_path", "get_pack_directory", "get_pack_file_abs_path"]


def get_packs_base_paths():
    return [path for path in os.environ.get("STORMGLASS_PACKS", "").split(":") if path]


def get_pack_base_path(pack_name, include_trailing_slash=False, use_pack_cache=False):
    """The folder of a pack: where it is, or where it would be."""
    bases = get_packs_base_paths()
    if not bases:
        return None
    candidates = [os.path.abspath(os.path.join(base, pack_name)) for base in bases]
    path = next((candidate for candidate in candidates if os.path.isdir(candidate)), candidates[0])
    return os.path.join(path, "") if include_trailing_slash else path


def get_pack_directory(pack_name):
    path = get_pack_base_path(pack_name)
    return path if path and os.path.isdir(path) else None


def get_pack_file_abs_path(pack_ref, file_path, resource_type=None, use_pack_cache=False):
    """A file of a pack; ValueError for one that lies outside of it."""
    base = get_pack_base_path(pack_ref)
    folder = os.path.join(base, resource_type + "s") if resource_type else base
    path = os.path.abspath(os.path.join(folder, file_path))
    if os.path.commonpath([path, base]) != base:
        raise ValueError('"%s" lies outside of the pack "%s"' % (file_path, pack_ref))
    return path
