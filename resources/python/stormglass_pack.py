"""Brings foreign files onto this machine for the engine: downloads, unpacks, copies, checks.

Runs as a child process, so that a hostile archive meets limits and never the engine. What went wrong is one
sentence on standard error and exit code 2. The proxy and the certificates come from the environment.

    download FILE BYTES                  writes what an address holds, at most so many bytes; the address comes on
                                         standard input, because it may have a password in it
    unpack ARCHIVE FOLDER BYTES FILES    tar (plain, gz, bz2, xz) or zip into a new folder
    copy FOLDER FOLDER BYTES FILES       a folder into a new one, without .git
    check FOLDER BYTES FILES             refuses what must not become a pack
    remove PATH...                       whole trees
"""

import base64
import lzma
import os
import shutil
import stat
import sys
import tarfile
import urllib.error
import urllib.parse
import urllib.request
import zipfile

CHUNK = 256 * 1024
TIMEOUT = 30


class Refused(Exception):
    pass


class Budget:
    """What may still be written: bytes and files."""

    def __init__(self, size, files):
        self.size = size
        self.files = files
        self.used = 0
        self.made = 0

    def file(self):
        self.made += 1
        if self.made > self.files:
            raise Refused("it holds more than %d files" % self.files)

    def take(self, count):
        self.used += count
        if self.used > self.size:
            raise Refused("it is larger than %d MiB" % (self.size // (1024 * 1024)))


def pour(source, target, budget):
    while True:
        chunk = source.read(CHUNK)
        if not chunk:
            return
        budget.take(len(chunk))
        target.write(chunk)


def place(root, name):
    """The path below root that a member's name means; refused if it means one outside."""
    if "\0" in name or "\\" in name:
        raise Refused('the name "%s" has a sign that no file of a pack has' % name.replace("\0", "?"))
    if name.startswith("/"):
        raise Refused('"%s" lies outside of it' % name)
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise Refused('"%s" lies outside of it' % name)
    return os.path.join(root, *parts) if parts else root


def no_link_above(root, path):
    """A file must not be written through a link that came before it."""
    while len(path) > len(root):
        path = os.path.dirname(path)
        if os.path.islink(path):
            raise Refused('"%s" is a link, and something lies below it' % os.path.relpath(path, root))


def link_inside(root, path, target):
    """A link may point at what is in the same tree, by a relative path."""
    meant = os.path.normpath(os.path.join(os.path.dirname(path), target))
    if os.path.isabs(target) or not (meant == root or meant.startswith(root + os.sep)):
        raise Refused('the link "%s" leads outside, to "%s"' % (os.path.relpath(path, root), target))


def write_file(root, path, source, budget, executable):
    no_link_above(root, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.lexists(path) and not os.path.isdir(path):
        os.unlink(path)
    budget.file()
    with open(path, "xb") as target:
        pour(source, target, budget)
    os.chmod(path, 0o755 if executable else 0o644)


def make_folder(root, path, budget):
    no_link_above(root, path)
    budget.file()
    if os.path.islink(path):
        raise Refused('"%s" is both a link and a folder' % os.path.relpath(path, root))
    os.makedirs(path, exist_ok=True)


def make_link(root, path, target, budget):
    link_inside(root, path, target)
    no_link_above(root, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.lexists(path):
        raise Refused('"%s" comes twice' % os.path.relpath(path, root))
    budget.file()
    os.symlink(target, path)


def unpack_tar(archive, root, budget):
    with tarfile.open(archive, "r|*") as source:
        for member in source:
            path = place(root, member.name)
            if member.isdir():
                make_folder(root, path, budget)
            elif member.isfile():
                write_file(root, path, source.extractfile(member), budget, member.mode & 0o100)
            elif member.issym():
                make_link(root, path, member.linkname, budget)
            elif member.type in (tarfile.XGLTYPE, tarfile.XHDTYPE):
                continue
            else:
                raise Refused('"%s" is neither a file nor a folder nor a symbolic link' % member.name)


def unpack_zip(archive, root, budget):
    with zipfile.ZipFile(archive) as source:
        for member in source.infolist():
            path = place(root, member.filename)
            mode = member.external_attr >> 16
            if member.is_dir():
                make_folder(root, path, budget)
            elif stat.S_ISLNK(mode):
                with source.open(member) as data:
                    make_link(root, path, data.read(4096).decode("utf-8"), budget)
            elif mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
                raise Refused('"%s" is neither a file nor a folder nor a symbolic link' % member.filename)
            else:
                with source.open(member) as data:
                    write_file(root, path, data, budget, mode & 0o100)


def unwrap(root):
    """Archives of a repository hold one folder with everything in it."""
    if os.path.exists(os.path.join(root, "pack.yaml")):
        return
    entries = [entry for entry in os.listdir(root) if entry != "pax_global_header"]
    if len(entries) != 1 or os.path.islink(os.path.join(root, entries[0])):
        return
    inner = os.path.join(root, entries[0])
    if not os.path.isdir(inner):
        return
    aside = root + ".inner"
    os.rename(inner, aside)
    shutil.rmtree(root)
    os.rename(aside, root)


def unpack(archive, folder, size, files):
    os.mkdir(folder)
    root = os.path.realpath(folder)
    budget = Budget(int(size), int(files))
    if zipfile.is_zipfile(archive):
        unpack_zip(archive, root, budget)
    else:
        unpack_tar(archive, root, budget)
    unwrap(root)
    check(root, size, files)


def entries_of(root):
    """Every file, link and folder below; without .git at the top."""
    for folder, folders, names in os.walk(root, onerror=fail):
        if folder == root and ".git" in folders:
            folders.remove(".git")
        for name in folders + names:
            yield os.path.join(folder, name)


def fail(error):
    raise error


def checked(root, path, budget):
    """What a path is, having held it against the limits."""
    info = os.lstat(path)
    if stat.S_ISLNK(info.st_mode):
        link_inside(root, path, os.readlink(path))
        # Links that each stay inside can lead out together.
        if not (os.path.realpath(path) + os.sep).startswith(root + os.sep):
            raise Refused('the link "%s" leads outside' % os.path.relpath(path, root))
        budget.file()
    elif stat.S_ISREG(info.st_mode):
        budget.file()
        budget.take(info.st_size)
    elif not stat.S_ISDIR(info.st_mode):
        raise Refused('"%s" is neither a file nor a folder nor a symbolic link' % os.path.relpath(path, root))
    return info.st_mode


def check(folder, size, files):
    root = os.path.realpath(folder)
    budget = Budget(int(size), int(files))
    for path in entries_of(root):
        checked(root, path, budget)


def copy(source, folder, size, files):
    root = os.path.realpath(source)
    budget = Budget(int(size), int(files))
    os.mkdir(folder)
    for path in entries_of(root):
        mode = checked(root, path, budget)
        target = os.path.join(folder, os.path.relpath(path, root))
        if stat.S_ISLNK(mode):
            os.symlink(os.readlink(path), target)
        elif stat.S_ISDIR(mode):
            os.makedirs(target, exist_ok=True)
        else:
            shutil.copyfile(path, target)
            os.chmod(target, 0o755 if mode & 0o100 else 0o644)


def plain_index(path):
    """A catalogue may lie in an archive, as index.json."""
    if tarfile.is_tarfile(path):
        archive = tarfile.open(path, "r|*")
        for member in archive:
            if os.path.basename(member.name) == "index.json" and member.isfile():
                return archive.extractfile(member)
        raise Refused("there is no index.json in it")
    if path.endswith(".xz"):
        return lzma.open(path)
    return open(path, "rb")


def opened(url):
    scheme = urllib.parse.urlsplit(url).scheme
    if scheme == "file":
        return plain_index(urllib.request.url2pathname(urllib.parse.urlsplit(url).path))
    if scheme == "":
        return plain_index(url)
    if scheme not in ("http", "https"):
        raise Refused('"%s" is no scheme to download from' % scheme)
    parts = urllib.parse.urlsplit(url)
    address = urllib.parse.urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    request = urllib.request.Request(address, headers={"User-Agent": "Stormglass", "Accept": "*/*"})
    if parts.username or parts.password:
        pair = ":".join(urllib.parse.unquote(part or "") for part in (parts.username, parts.password))
        # For this host alone, wherever it may send us.
        request.add_unredirected_header("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
    return urllib.request.urlopen(request, timeout=TIMEOUT)


def download(file, size):
    budget = Budget(int(size), 1)
    with opened(sys.stdin.read().strip()) as source, open(file, "wb") as target:
        pour(source, target, budget)


def remove(*paths):
    for path in paths:
        if os.path.islink(path) or os.path.isfile(path):
            os.unlink(path)
        elif os.path.exists(path):
            # A folder that nobody may write to is still ours to remove.
            for folder, _, _ in os.walk(path):
                os.chmod(folder, 0o755)
            shutil.rmtree(path)


def reason(error):
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, urllib.error.HTTPError):
        return "the server answered %d %s" % (error.code, error.reason)
    if isinstance(error, urllib.error.URLError):
        return str(getattr(error.reason, "strerror", None) or error.reason)
    if isinstance(error, OSError) and error.strerror:
        return "%s: %s" % (error.filename, error.strerror) if error.filename else error.strerror
    if isinstance(error, (tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, EOFError)):
        return "it is damaged, or no archive: %s" % error
    return "%s: %s" % (type(error).__name__, error)


COMMANDS = {"download": download, "unpack": unpack, "copy": copy, "check": check, "remove": remove}


def main(arguments):
    try:
        COMMANDS[arguments[0]](*arguments[1:])
    except Exception as error:  # Everything from outside ends here as one sentence.
        print(reason(error), file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
