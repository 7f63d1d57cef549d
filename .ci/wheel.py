"""The built wheel, installed by itself in a new environment, runs from another folder, resources included."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, **more: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)  # type: ignore[call-overload]
    if done.returncode:
        sys.exit(f"{' '.join(str(part) for part in command)}\n{done.stdout}{done.stderr}")
    return str(done.stdout)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        uv = shutil.which("uv") or "uv"
        run(uv, "build", "--wheel", "--out-dir", place / "dist", cwd=ROOT)
        wheel = next((place / "dist").glob("postil-*.whl"))
        tools = {**os.environ, "UV_TOOL_DIR": str(place / "tools"), "UV_TOOL_BIN_DIR": str(place / "bin")}
        run(uv, "tool", "install", wheel, env=tools)
        postil = place / "bin" / "postil"
        elsewhere = place / "elsewhere"
        elsewhere.mkdir()
        shipped = json.loads(run(postil, "taxonomies", "--json", cwd=elsewhere))["taxonomies"]
        assert len(shipped) == 10, shipped
        run(postil, "demo", "--at", "demo.postil", "--no-window", cwd=elsewhere)
        info = json.loads(run(postil, "info", "demo.postil", "--json", cwd=elsewhere))
        assert info["articles"] >= 12, info
        article = elsewhere / "article.md"
        article.write_text("# A title\n\nSome words.\n", encoding="utf-8")
        run(postil, "import", "demo.postil", article, cwd=elsewhere)
        run(postil, "screenshot", "demo.postil", "main.png", cwd=elsewhere)
        assert (elsewhere / "main.png").stat().st_size > 20_000
        packages = next((place / "tools" / "postil").rglob("site-packages"))
        stray = {"ui", "storage", "annotate", "resources", "tests", "main.py"} & {
            p.name for p in packages.iterdir()
        }
        assert not stray, stray
        print(
            f"{wheel.name} runs from elsewhere: {info['articles']} articles, {info['highlights']} highlights"
        )


if __name__ == "__main__":
    main()
