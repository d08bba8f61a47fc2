#!/usr/bin/env python3
"""Runs every command of the documentation.

    scripts/test-docs.py [PAGE ...]        default: README.md, docs/*.md, steps/*/README.md

A fenced block `sh` is run by bash as it stands, in the folder of a page of its own, in the page's order;
`sh exit=20` has to end with that code. `sh argo`, `sh kubeflow`, `sh docker`, `sh helm` … name what has to be there; those
blocks are run by the end-to-end test of that name with --kind=NAME, and only counted here. What a reader would
have prepared (tables, policies, buckets) is prepared by scripts/docs-fixture.sh.
"""
import argparse, os, pathlib, re, shutil, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
FENCE = re.compile(r"^(\s*)```(.*)$")
LINKED = ["primum", "scripts", "testdata", "pipelines", "steps", "pom.xml", "src", "target", "Makefile", "containers"]


class Block:
    def __init__(self, page, line, words):
        self.page, self.line, self.text = page, line, []
        self.kinds = {w for w in words if "=" not in w}
        self.exit = next((int(w[5:]) for w in words if w.startswith("exit=")), 0)

    @property
    def name(self):
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page):
    """The sh blocks of a page; a command in a fence without a language is an error, nobody would run it."""
    found, current, language = [], None, None
    for number, line in enumerate(page.read_text().splitlines(), 1):
        fence = FENCE.match(line)
        if fence and language is None:
            words = fence.group(2).split()
            language = words[0] if words else ""
            if language == "sh":
                current = Block(page, number, words[1:])
                found.append(current)
        elif fence:
            language, current = None, None
        elif current is not None:
            current.text.append(line)
        elif language == "" and re.match(r"\s*(\./)?(primum|make|kubectl|helm|argo|docker) ", line):
            sys.exit(f"{page.relative_to(ROOT)}:{number}: a command in a fence without a language; write ```sh")
    return found


def prepared(folder, fixture):
    for name in LINKED:
        if (ROOT / name).exists() and not (folder / name).exists():
            (folder / name).symlink_to(ROOT / name)
    for entry in fixture.iterdir():
        target = folder / entry.name
        if entry.is_dir():
            shutil.copytree(entry, target)
        else:
            shutil.copy2(entry, target)
    return folder


def without_outputs(folder, text):
    """A reader who is about to make a result does not have it yet."""
    for name in re.findall(r"--output(?:-dir)?=([^\s\\]+)", text):
        target = folder / name
        if "://" not in name and target.is_dir():
            shutil.rmtree(target)
        elif "://" not in name:
            target.unlink(missing_ok=True)


def run(script, expected, folder, environment, name):
    started = time.monotonic()
    done = subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=folder, env=environment,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != expected:
        print(f"FAILED {name}: exit {done.returncode}, expected {expected}\n{script}\n{done.stdout}", file=sys.stderr)
        return False
    print(f"  ok {name} ({time.monotonic() - started:.1f} s)")
    return True


def commands(text):
    """The commands of an example in a step's page: each is run alone, as a reader would choose one."""
    joined = text.replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip()]


def run_page(page, fixture, environment, work, kind):
    good = True
    example = page.parent.parent.name == "steps"
    folder = None
    all_text = "\n".join("\n".join(b.text) for b in blocks(page))
    for block in blocks(page):
        if block.kinds != ({kind} if kind else set()):
            continue
        text = "\n".join(block.text)
        for script in commands(text) if example else [text]:
            if folder is None or example:
                folder = prepared(pathlib.Path(tempfile.mkdtemp(dir=work)), fixture)
                without_outputs(folder, script if example else all_text)
            here = dict(environment, PATH=f"{folder}:{environment['PATH']}")
            good &= run(script, block.exit, folder, here, block.name)
    return good


def object_store(folder):
    """A real S3 server with the buckets of the examples, as variables."""
    told = subprocess.run([ROOT / "scripts/s3.sh", "up", "seaweedfs", folder], check=True, text=True,
                          stdout=subprocess.PIPE, env=dict(os.environ, PRIMUM_S3_BUCKETS="models privacy runs"))
    endpoint, access, secret, _ = re.search(r"'(.*)'", told.stdout).group(1).split()
    return {"PRIMUM_S3_ENDPOINT": endpoint, "AWS_ACCESS_KEY_ID": access, "AWS_SECRET_ACCESS_KEY": secret}


def run_pages(pages, fixture, environment, work, kind):
    return all([run_page(page, fixture, environment, work, kind) for page in pages])


def run_with_store(pages, environment, work, kind):
    try:
        environment = dict(environment, **object_store(work / "s3"))
        fixture = work / "fixture"
        fixture.mkdir()
        subprocess.run([ROOT / "scripts/docs-fixture.sh", fixture], check=True, env=environment)
        return run_pages(pages, fixture, environment, work, kind)
    finally:
        subprocess.run([ROOT / "scripts/s3.sh", "down", work / "s3"], check=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=pathlib.Path)
    parser.add_argument("--kind", default="", help="run the blocks of this kind instead of the plain ones")
    parser.add_argument("--fixture", type=pathlib.Path, help="a folder with what a reader would have prepared, in the place of "
                        "docs-fixture.sh and its buckets")
    options = parser.parse_args()
    pages = [p.resolve() for p in options.pages] or sorted(
        [ROOT / "README.md", *ROOT.glob("docs/*.md"), *ROOT.glob("docs/*/*.md"), *ROOT.glob("steps/*/README.md")])
    with tempfile.TemporaryDirectory(prefix="primum-docs.") as work:
        work = pathlib.Path(work)
        subprocess.run([ROOT / "primum", "--version"], check=True, stdout=subprocess.DEVNULL)
        environment = dict(os.environ, PRIMUM_NO_BUILD="1")
        if options.fixture:
            good = run_pages(pages, options.fixture, environment, work, options.kind)
        else:
            good = run_with_store(pages, environment, work, options.kind)
    elsewhere = sorted({kind for page in pages for b in blocks(page) for kind in b.kinds} - {options.kind})
    if elsewhere:
        print(f"  run elsewhere: blocks of kind {', '.join(elsewhere)}")
    sys.exit(0 if good else 1)


main()
