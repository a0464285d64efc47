"""One line per check, and a summary."""


class Report:
    def __init__(self, name: str) -> None:
        self.name = name
        self.passed = 0
        self.failed: list[str] = []

    def check(self, words: str, holds: object, detail: object = "") -> bool:
        """`words` is the promise; `detail` is shown only where it does not hold."""
        if holds:
            self.passed += 1
            print(f"ok    {words}", flush=True)
            return True
        self.failed.append(words)
        print(f"FAIL  {words}", flush=True)
        for line in str(detail).rstrip().splitlines()[-60:]:
            print(f"        {line}", flush=True)
        return False

    def note(self, words: str) -> None:
        print(f"--    {words}", flush=True)

    def summary(self) -> int:
        print(f"\n{self.name}: {self.passed} ok, {len(self.failed)} failed", flush=True)
        for words in self.failed:
            print(f"  FAIL  {words}")
        return 1 if self.failed else 0
