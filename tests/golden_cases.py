"""The golden cases: what a command is asked, which files it reads, and what it must say."""
import pathlib
import shutil
import subprocess

ENVIRONMENT = {"LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1795305600"}
NO_NEWLINE = b"\\ no newline\n"


class Case:
    """A command and the files that it reads."""

    def __init__(self, name, command, files=None, folder=None):
        self.name, self.command, self.files, self.folder = name, command, files or {}, folder

    def place(self, scratch):
        """Writes the files into the folder `scratch`."""
        scratch.mkdir(exist_ok=True)
        if self.folder:
            shutil.copytree(self.folder, scratch, dirs_exist_ok=True)
            for told in ("command", "stdout", "stderr", "status"):
                (scratch / told).unlink(missing_ok=True)
        for name, content in self.files.items():
            path = scratch / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def run(self, program_folder, place, command=None):
        """Runs it, or another `command` on its files, in the folder `place`."""
        self.place(place)
        path = f"{program_folder}:/usr/local/bin:/usr/bin:/bin"
        return subprocess.run(["sh", "-c", command or self.command], cwd=place,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False,
                              env={**ENVIRONMENT, "PATH": path}, timeout=120)


def without_mark(content):
    return content[:-len(NO_NEWLINE) - 1] if content.endswith(NO_NEWLINE) else content


def case_of_file(root, path):
    """A file of tests/README.md: `--- file NAME` sections, then lines of `$ command`."""
    files, command, at = {}, [], None
    for line in path.read_bytes().splitlines(keepends=True):
        if line.startswith(b"$ "):
            command.append(line[2:].decode())
        elif command:
            break
        elif line.startswith(b"--- file "):
            at = line[len(b"--- file "):].decode().rstrip("\n")
            files[at] = b""
        elif at is not None:
            files[at] += line
    files = {name: without_mark(content) for name, content in files.items()}
    return Case(str(path.relative_to(root)), "".join(command), files) if command else None


def cases_in(root):
    """Every case below `root`: files, or the folders that early versions had."""
    root = pathlib.Path(root)
    for path in sorted(root.rglob("*")):
        if path.name == "command":
            yield Case(str(path.parent.relative_to(root)), path.read_text(), folder=path.parent)
        elif path.is_file() and not any((up / "command").exists() for up in path.parents):
            case = case_of_file(root, path)
            if case:
                yield case
