"""Take docs/doccano.png: pre-labels on doccano's annotation page, in a headless Chromium.

With a Chromium on the path and a running doccano, and with the variables that `parkner push` needs:

    parkner push docs/screenshot.jsonl --project 园区新闻
    python docs/screenshot.py http://127.0.0.1:8000/projects/1
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

project = sys.argv[1]
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
    page = browser.new_page(viewport={"width": 1180, "height": 520}, device_scale_factor=1.5)
    page.goto(project.split("/projects/")[0] + "/auth/", wait_until="networkidle")
    page.fill("input[name=username]", os.environ["DOCCANO_USERNAME"])
    page.fill("input[name=password]", os.environ["DOCCANO_PASSWORD"])
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/projects**")
    page.goto(f"{project}/sequence-labeling?page=1", wait_until="networkidle")
    page.wait_for_selector("text=METRIC >> nth=1")
    page.screenshot(path=Path(__file__).with_name("doccano.png"))
    browser.close()
