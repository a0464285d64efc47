"""The thread in which all servers written here run."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any


class Background:
    def __enter__(self) -> "Background":
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self._cancel())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=30)

    async def _cancel(self) -> None:
        """Conversations that still wait for somebody."""
        waiting = asyncio.all_tasks() - {asyncio.current_task()}
        for task in waiting:
            task.cancel()
        await asyncio.wait(waiting, timeout=5) if waiting else None

    def run(self, work: Coroutine) -> Any:
        """Runs it there, and waits for what it returns."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=30)
