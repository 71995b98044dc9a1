"""Groups texts by datasketch or Drain3, for the bench: `python3 groups.py NAME < rows > groups`.

A row is one line of JSON: {"id", "words"}; the words are normalised already. Prints one JSON
document: {"seconds": CPU time, "answers": [{"threshold", "groups": [[id]]}]}.
"""

import json
import sys
import time

THRESHOLDS = [0.3, 0.4, 0.5, 0.6, 0.7]
PERMUTATIONS = 128
SHINGLE = 3


def by_datasketch(rows):
    """MinHash with LSH at each threshold; texts of one bucket chain are one group."""
    from datasketch import MinHash, MinHashLSH

    sketches = []
    for row in rows:
        words = row["words"]
        sketch = MinHash(num_perm=PERMUTATIONS)
        for at in range(max(0, len(words) - SHINGLE + 1)):
            sketch.update(" ".join(words[at : at + SHINGLE]).encode("utf-8"))
        sketches.append(sketch)
    answers = []
    for threshold in THRESHOLDS:
        index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
        parent = list(range(len(rows)))

        def find(at):
            while parent[at] != at:
                parent[at] = parent[parent[at]]
                at = parent[at]
            return at

        for at, sketch in enumerate(sketches):
            for key in index.query(sketch):
                if sketch.jaccard(sketches[int(key)]) >= threshold:
                    a, b = find(at), find(int(key))
                    parent[max(a, b)] = min(a, b)
            index.insert(str(at), sketch)
        answers.append({"threshold": threshold, "groups": grouped(rows, find)})
    return answers


def by_drain3(rows):
    """Each text as one log line; a cluster is a group."""
    from drain3 import TemplateMiner
    from drain3.template_miner_config import TemplateMinerConfig

    answers = []
    for threshold in THRESHOLDS:
        config = TemplateMinerConfig()
        config.drain_sim_th = threshold
        miner = TemplateMiner(config=config)
        found = [miner.add_log_message(" ".join(row["words"]))["cluster_id"] for row in rows]
        answers.append({"threshold": threshold, "groups": grouped(rows, lambda at: found[at])})
    return answers


def grouped(rows, group_of):
    groups = {}
    for at, row in enumerate(rows):
        groups.setdefault(group_of(at), []).append(row["id"])
    return list(groups.values())


def main():
    rows = [json.loads(line) for line in sys.stdin if line.strip()]
    before = time.process_time()
    answers = {"datasketch": by_datasketch, "drain3": by_drain3}[sys.argv[1]](rows)
    json.dump({"seconds": time.process_time() - before, "answers": answers}, sys.stdout)


main()
