"""Many processes, hand edits and kill -9 on one network: what was said to be saved is kept.
Prints TAP.  argv: the program, "race" or "crash", how many saves a process or kills; then
optionally processes and a seed.  Works in the current directory."""
import ctypes, os, random, re, signal, sqlite3, subprocess, sys, threading, time

TELAR, MODE, N = sys.argv[1], sys.argv[2], int(sys.argv[3])
PROCESSES = int(sys.argv[4]) if len(sys.argv) > 4 else 8
SEED = int(sys.argv[5]) if len(sys.argv) > 5 else 1
RECORDS = ["rec%02d" % i for i in range(20)]
FIELDS = ["city", "short_name", "notes"]
NET = "net"
STORE = NET + "/.telar/network.telar"
libc = ctypes.CDLL(None, use_errno=True)
count = failed = 0


def report(ok, what, wrong=()):
    global count, failed
    count += 1
    failed += not ok
    print("%sok %d - %s" % ("" if ok else "not ", count, what))
    for line in list(wrong)[:20] if not ok else []:
        print("# %s" % (line,))


def path_of(record):
    return "%s/institutions/%s.yaml" % (NET, record)


def make_network():
    os.makedirs(NET + "/institutions")
    with open(NET + "/network.yaml", "w") as f:
        f.write("id: net\nname: Net\n")
    for record in RECORDS:
        with open(path_of(record), "w") as f:
            f.write("# by hand\nid: %s\nname: %s\nsector: school   # one of few\ncity: c0\n"
                    "short_name: s0\nnotes: n0\n" % (record, record.upper()))


def telar(*words, actor="ana"):
    done = subprocess.run([TELAR, *words, "-N", NET], capture_output=True, text=True,
                          env=dict(os.environ, TELAR_ACTOR=actor))
    return done.returncode, done.stdout + done.stderr


def saved_as(text):
    found = re.search(r"Saved as change (\d+)", text)
    return int(found.group(1)) if found else None


def exchange(a, b):
    return libc.renameat2(-100, a.encode(), -100, b.encode(), 2) == 0


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def hand_edit(record, field, value):
    """As an editor that looks whether the file changed under it.

    The value it found, and whether its own stands: it is withdrawn when the file did change."""
    path = path_of(record)
    text = read(path)
    old = re.search(r"^%s: (.*)$" % field, text, re.M)
    if not old:
        return None, False
    beside = "%s/.hand-%s" % (NET, record)
    with open(beside, "w") as f:
        f.write(re.sub(r"^%s: .*$" % field, "%s: %s" % (field, value), text, flags=re.M))
    exchange(beside, path)
    meanwhile = read(beside) != text
    if meanwhile:
        exchange(beside, path)
    os.unlink(beside)
    return old.group(1), not meanwhile


def rows(sql, *values):
    with sqlite3.connect("file:%s?mode=ro" % STORE, uri=True) as db:
        return db.execute(sql, values).fetchall()


def worker(number, saves, log):
    dice = random.Random(SEED * 1000 + number)
    actor = "w%d" % number
    for i in range(saves):
        record, field = dice.choice(RECORDS), dice.choice(FIELDS + ["tags"])
        value = "%s-%d" % (actor, i)
        while True:  # a busy or contradicted save is not an acknowledged one: again
            word = "tags+=" + value if field == "tags" else "%s=%s" % (field, value)
            code, text = telar("set", record, word, actor=actor)
            change = saved_as(text)
            if change:
                log.append((record, field, value, change, actor))
                break
            if code not in (75, 1):
                log.append((record, field, value, None, text))
                break


def by_hand(stop, log):
    dice = random.Random(SEED)
    i = 0
    while not stop.is_set():
        record, field, value = dice.choice(RECORDS), dice.choice(FIELDS), "hand-%d" % i
        old, stands = hand_edit(record, field, value)
        if stands:
            log.append((record, field, old, value))
        elif old is not None:  # for a moment it stood, and may have been taken
            log.append((record, field, value, old))
        i += 1
        time.sleep(0.02)


def values_of(record):
    text = read(path_of(record))
    return {f: re.search(r"^%s: (.*)$" % f, text, re.M).group(1) for f in FIELDS}


def check_history(saves, hands):
    """Every save is there; nobody's value went but by one who had seen it, or with a conflict."""
    ops = rows("SELECT record, path, old, new, change, actor FROM op JOIN change ON change.id = "
               "op.change WHERE path <> '' ORDER BY change, seq")
    made = {(r, p, n, c, a) for r, p, o, n, c, a in ops}
    missing = [s for s in saves if s[1] != "tags" and s not in made]
    report(not missing, "every save that was acknowledged is in the history", missing)
    clashes = {(r, p, m) for r, p, m in rows("SELECT record, path, mine FROM conflict")}
    seen = {(r, f, old) for r, f, old, new in hands}
    last, gaps, silent = {}, [], []
    for record, path, old, new, change, actor in ops:
        before = last.get((record, path))
        if before is not None and before != old:
            gaps.append((record, path, "was", before, "then from", old, "to", new, change))
        if actor == "files" and path != "tags" and old not in ("c0", "s0", "n0") and \
                (record, path, old) not in clashes and (record, path, old) not in seen:
            silent.append((record, path, old, new, change))
        last[record, path] = new
    report(not gaps, "every change begins where the one before it ended", gaps)
    report(not silent, "no value went unseen without a conflict", silent)
    written = {(r, f, new) for r, f, old, new in hands}
    final = [(r, f, v) for r, f, v in written if (r, f, v) in {(a, b, d) for a, b, c, d, e, g in ops}]
    report(len(final) > 0, "hand edits came in (%d of %d, %d conflicts)"
           % (len(final), len(hands), len(clashes)))
    return last


def check_end(last):
    wrong = []
    for record in RECORDS:
        stored = rows("SELECT city, short_name, notes FROM institution WHERE id = ?", record)[0]
        files = values_of(record)
        for field, value in zip(FIELDS, stored):
            if value != files[field] or last.get((record, field), value) != value:
                wrong.append((record, field, "store", value, "file", files[field], "history",
                              last.get((record, field))))
    report(not wrong, "files, store and history agree on every field", wrong)
    code, text = telar("doctor")
    harm = [line for line in text.splitlines() if re.search(r"(error|warning)\[(?!conflict)", line)]
    report(code in (0, 1) and not harm, "the store is sound", text.splitlines())
    report(rows("SELECT count(*) FROM outbox")[0][0] == 0, "nothing is left to be written")


def check_tags(saves):
    """What was added to a list by one stays whatever others add."""
    wrong = []
    for record in RECORDS:
        text = rows("SELECT tags FROM institution WHERE id = ?", record)[0][0] or ""
        wrong += [s for s in saves if s[0] == record and s[1] == "tags" and '"%s"' % s[2] not in text]
    report(not wrong, "every element that was added to a list is in it", wrong)


def race():
    logs, hands, stop = [[] for _ in range(PROCESSES)], [], threading.Event()
    threads = [threading.Thread(target=worker, args=(i, N, logs[i])) for i in range(PROCESSES)]
    editor = threading.Thread(target=by_hand, args=(stop, hands))
    started = time.time()
    for thread in threads + [editor]:
        thread.start()
    for thread in threads:
        thread.join()
    stop.set()
    editor.join()
    telar("sync")
    saves = [s for log in logs for s in log if s[3]]
    refused = [s for log in logs for s in log if not s[3]]
    report(len(saves) == PROCESSES * N, "%d processes saved %d times in %.0f s, %d edits by hand"
           % (PROCESSES, len(saves), time.time() - started, len(hands)), refused)
    last = check_history(saves, hands)
    check_tags(saves)
    check_end(last)


def template(text):
    return re.sub(r"^(%s): .*$" % "|".join(FIELDS), r"\1:", text, flags=re.M)


def crash():
    dice = random.Random(SEED)
    whole = {record: template(read(path_of(record))) for record in RECORDS}
    tried = {(r, f): {f[0] + "0"} for r in RECORDS for f in FIELDS}
    saves, hands, mixed, killed, late = [], [], [], 0, 0.0
    started = time.time()
    telar("sync")
    while killed < N:
        record, field = dice.choice(RECORDS), dice.choice(FIELDS)
        value = "v%d" % (killed + len(saves))
        tried[record, field].add(value)
        begun = time.time()
        child = subprocess.Popen([TELAR, "set", record, "%s=%s" % (field, value), "-N", NET],
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if killed + len(saves) < 3:  # how long one takes here
            text = child.communicate()[0]
            late = max(late, time.time() - begun)
        else:
            try:
                text = child.communicate(timeout=dice.uniform(late * 0.2, late * 1.1))[0]
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                text = child.communicate()[0]
                killed += 1
                if dice.random() < 0.3:  # the edit may be in the store only by now
                    hand = "hand-%d" % killed
                    tried[record, field].add(hand)
                    hands.append((record, field, hand_edit(record, field, hand)[0], hand))
        change = saved_as(text)
        if change:
            saves.append((record, field, value, change, "ana"))
        now = read(path_of(record))
        if template(now) != whole[record] or \
                any(v not in tried[record, f] for f, v in values_of(record).items()):
            mixed.append((record, now))
    report(not mixed, "each file is old or new, never a mixture (%d kills, %d saved, %.0f s)"
           % (killed, len(saves), time.time() - started), mixed)
    telar("sync")
    last = check_history(saves, hands)
    check_end(last)
    left = [f for _, _, files in os.walk(NET) for f in files if f.startswith(".") and f != ".gitignore"]
    report(not left, "no half-written file is left", left)


make_network()
telar("sync")
print("# seed %d" % SEED)
race() if MODE == "race" else crash()
print("1..%d" % count)
sys.exit(failed > 0)
