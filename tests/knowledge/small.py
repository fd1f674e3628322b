"""A corpus small enough to read, written to a folder so that tests can break it."""

from pathlib import Path

FILES = {
    "sources.yaml": """\
as_of: '2026-11-23'
sources:
- {id: guide, title: {zh: 流程指南, en: Process guide}, publisher: Someone, date: '2024', kind: guide}
- {id: certpath, title: {zh: 自编, en: Own mapping}, publisher: Certpath, date: '2026', kind: editorial}
""",
    "steps.yaml": """\
entities:
- id: S1
  kind: step
  name: {zh: 试运行, en: Trial operation}
  statements:
  - {id: F001, zh: 试运行期间要做好并保存记录。, en: Records are made and kept during trial operation.,
     source: guide, facets: [action]}
- id: S2
  kind: step
  name: {zh: 内部审核, en: Internal audit}
  aliases: [内审]
  statements:
  - id: F002
    zh: 内部审核至少要做 1 次。
    en: The internal audit is done at least 1 time.
    source: guide
    facets: [frequency]
    caution: {zh: 以认证机构为准。, en: Ask your certification body.}
  - {id: F003, zh: 内部审核由内审员实施。, en: The internal audit is carried out by the auditor.,
     source: guide, facets: [role], about: [R-09]}
  - {id: S2/1, zh: 内部审核要有试运行的记录才能开始。,
     en: The internal audit needs the records of trial operation.,
     source: certpath, facets: [timing], about: [S1]}
- id: S3
  kind: step
  name: {zh: 正式运行, en: Formal operation}
- id: R-09
  kind: role
  name: {zh: 内审员, en: Auditor}
steps:
- {id: S1}
- {id: S2, needs: [{step: S1, because: S2/1}]}
- {id: S3, usually_after: [{step: S2, because: [F002, F003]}]}
""",
    "questions.yaml": """\
questions:
- {zh: [内审谁来做？, 谁去内审], en: [Who does the internal audit?], answered_by: [F003, F002]}
- {zh: [认证多少钱？], en: [What does it cost?], withheld: price}
""",
}


def write(folder: Path, **changes: tuple[str, str]) -> Path:
    """The corpus in ``folder``; ``steps=(old, new)`` replaces a text in ``steps.yaml``."""
    for name, content in FILES.items():
        old, new = changes.get(name.removesuffix(".yaml"), ("", ""))
        assert old in content
        (folder / name).write_text(content.replace(old, new, 1) if old else content, "utf-8")
    return folder
