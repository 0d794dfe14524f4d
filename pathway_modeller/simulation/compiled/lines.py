"""Who may start next: lines of patients who need, and would give up, the same units.

Most patients join behind all others of their line and stand in a row. Who joins before the last of the row
goes into a pairing heap (Fredman, Sedgewick, Sleator and Tarjan, "The pairing heap: a new form of
self-adjusting heap", Algorithmica 1, 1986). Next is the front of the row or the root of the heap. Both are
linked through the patients' own records; those who left otherwise are passed over when they come to the
front.
"""

from __future__ import annotations

from pathway_modeller.simulation.compiled.jit import always_inlined, cold, part
from pathway_modeller.simulation.compiled.layout import World
from pathway_modeller.simulation.compiled.numba_inside.pointers import prefetch
from pathway_modeller.simulation.compiled.space import took_new


@part
def ahead(w: World, a: int, b: int) -> bool:
    """Returns whether one who waits stands before another: by priority, key and identity."""
    one, other = w.waits[a], w.waits[b]
    if one.priority != other.priority:
        return one.priority < other.priority
    if one.key != other.key:
        return one.key < other.key
    first, second = w.patients[one.patient].identity, w.patients[other.patient].identity
    return first < second if first != second else one.visit < other.visit


@cold
def _meld(w: World, a: int, b: int) -> int:
    """Returns the root of two heaps made one."""
    if a < 0:
        return b
    if b < 0:
        return a
    if ahead(w, b, a):
        a, b = b, a
    w.waits[b].sibling = w.waits[a].child
    w.waits[a].child = b
    return a


@cold
def _without_root(w: World, root: int) -> int:
    """Returns the heap of a root's children: melded in pairs, then from the last pair to the first."""
    pairs, child = -1, w.waits[root].child
    while child >= 0:
        second = w.waits[child].sibling
        following = w.waits[second].sibling if second >= 0 else -1
        w.waits[child].sibling = -1
        if second >= 0:
            w.waits[second].sibling = -1
        pair = _meld(w, child, second)
        w.waits[pair].sibling = pairs
        pairs, child = pair, following
    whole = -1
    while pairs >= 0:
        following = w.waits[pairs].sibling
        w.waits[pairs].sibling = -1
        whole = _meld(w, whole, pairs)
        pairs = following
    return whole


@part
def forget(w: World, q: int) -> None:
    """Counts one fewer who refers to a waiting; its place is used again when nobody does."""
    waiting, s = w.waits[q], w.state[0]
    waiting.refs -= 1
    if waiting.refs == 0:
        waiting.sibling = s.free_wait
        s.free_wait = q


@cold
def _drop_those_gone(w: World, number: int) -> None:
    """Takes those off the front of the row and of the heap who left from behind others."""
    line = w.lines[number]
    while line.front >= 0 and w.waits[line.front].left:
        gone = line.front
        line.front = w.waits[gone].sibling
        forget(w, gone)
    while line.root >= 0 and w.waits[line.root].left:
        gone = line.root
        line.root = _without_root(w, gone)
        forget(w, gone)


@always_inlined
def _first(w: World, number: int) -> int:
    """Returns who is next in a line; -1 if nobody waits."""
    line = w.lines[number]
    if line.root >= 0 or (line.front >= 0 and w.waits[line.front].left):
        _drop_those_gone(w, number)
        if line.front < 0 or (line.root >= 0 and ahead(w, line.root, line.front)):
            return line.root
    return line.front


@always_inlined
def _fits(w: World, number: int) -> bool:
    """Returns whether the units that a line needs are free, counting those that a start gives up."""
    line = w.lines[number]
    if line.plain == 0:
        return _fits_in_all(w, number)
    return w.use[line.body].open - w.use[line.body].used >= line.units


@part
def _fits_in_all(w: World, number: int) -> bool:
    """Returns so where units of several bodies are needed, or given up."""
    line = w.lines[number]
    for i in range(line.needs, line.needs + line.needs_n):
        need = w.line_units[i]
        free = w.use[need.body].open - w.use[need.body].used
        for j in range(line.gives, line.gives + line.gives_n):
            if w.line_units[j].body == need.body:
                free += w.line_units[j].units
        if free < need.units:
            return False
    return True


@part
def mark(w: World, number: int) -> None:
    """Has a line looked at for a start."""
    line, s = w.lines[number], w.state[0]
    if line.candidate == 0:
        line.candidate = 1
        w.candidates[s.candidates] = number
        s.candidates += 1


@part
def freed(w: World, body: int) -> None:
    """Marks the lines that need a body of capacity, since more of it may be free, if anybody waits there."""
    node = w.use[body].nodes
    while node >= 0:
        number = w.line_units[node].line
        if w.lines[number].front >= 0 or w.lines[number].root >= 0:
            mark(w, number)
        node = w.line_units[node].next


@part
def next_start(w: World) -> int:
    """Returns the first, in queue order, who can start now; -1 if nobody can."""
    s, best, i = w.state[0], -1, 0
    while i < s.candidates:
        number = w.candidates[i]
        first = _first(w, number) if _fits(w, number) else -1
        if first < 0:
            w.lines[number].candidate = 0
            s.candidates -= 1
            w.candidates[i] = w.candidates[s.candidates]
            continue
        prefetch(w.patients, w.waits[first].patient)
        prefetch(w.visits, w.waits[first].patient)
        if best < 0 or ahead(w, first, best):
            best = first
        i += 1
    return best


@part
def _same(w: World, start: int, length: int, row: int, count: int) -> bool:
    """Returns whether units of a line are those in two rows of the scratch."""
    if length != count:
        return False
    for i in range(count):
        units = w.line_units[start + i]
        if units.body != w.scratch[row, i] or units.units != w.scratch[row + 1, i]:
            return False
    return True


@part
def _keep(w: World, row: int, count: int, number: int) -> int:
    """Copies units out of the scratch; returns where they start."""
    s = w.state[0]
    start = s.line_units
    for i in range(count):
        units = w.line_units[start + i]
        units.body, units.units, units.line, units.next = w.scratch[row, i], w.scratch[row + 1, i], number, -1
    s.line_units += count
    return start


@cold
def line_for(w: World, activity: int, needs: int, gives: int) -> int:
    """Returns the line of those who need and give what the scratch says; makes it where there is none.

    Args:
        w: the world.
        activity: whose queue it is.
        needs: how many units are needed: bodies in row 0, counts in row 1.
        gives: how many would be given up: rows 2 and 3.
    """
    number = w.line_of[activity]
    while number >= 0:
        line = w.lines[number]
        if _same(w, line.needs, line.needs_n, 0, needs) and _same(w, line.gives, line.gives_n, 2, gives):
            return number
        number = line.next
    s = w.state[0]
    number = s.lines
    s.lines += 1
    line = w.lines[number]
    line.activity, line.front, line.root, line.candidate = activity, -1, -1, 0
    line.needs, line.needs_n = _keep(w, 0, needs, number), needs
    line.gives, line.gives_n = _keep(w, 2, gives, number), gives
    line.plain = 1 if needs == 1 and gives == 0 else 0
    if line.plain:
        line.body, line.units = w.scratch[0, 0], w.scratch[1, 0]
    line.next = w.line_of[activity]
    w.line_of[activity] = number
    for i in range(line.needs, line.needs + needs):
        units = w.line_units[i]
        units.next = w.use[units.body].nodes
        w.use[units.body].nodes = i
    took_new(w)
    return number


@always_inlined
def join(w: World, q: int) -> None:
    """Adds a patient to their line."""
    waiting = w.waits[q]
    line = w.lines[waiting.line]
    if line.front < 0:
        line.front, line.last = q, q
    elif ahead(w, line.last, q):
        w.waits[line.last].sibling = q
        line.last = q
    else:
        line.root = _meld(w, line.root, q)
    w.waiting[waiting.activity] += 1
    if _fits(w, waiting.line):
        # Where not, it will be marked by whoever gives back units that it needs.
        mark(w, waiting.line)


@part
def leave(w: World, q: int) -> None:
    """Takes a patient out of the queue."""
    waiting, s = w.waits[q], w.state[0]
    line = w.lines[waiting.line]
    waiting.left = 1
    if line.front == q:
        line.front = waiting.sibling
        # Who is next was fetched when the one before left; now fetch their patient, and who comes after.
        following = w.waits[max(line.front, 0)]
        prefetch(w.patients, following.patient)
        prefetch(w.visits, following.patient)
        prefetch(w.waits, following.sibling)
        forget(w, q)
    if waiting.holder >= 0:
        s.holders -= 1
        last = w.holders[s.holders]
        w.holders[waiting.holder] = last
        w.waits[last].holder = waiting.holder
        waiting.holder = -1
    w.waiting[waiting.activity] -= 1
