import sqlite3
import tempfile
import time
import unittest
from pathlib import Path

from embed.execution_accuracy import run_query, same_result, without_distinct


class SameResult(unittest.TestCase):
    def test_rows_are_a_bag_unless_ordered(self):
        self.assertTrue(same_result([(1,), (2,)], [(2,), (1,)], ordered=False))
        self.assertFalse(same_result([(1,), (2,)], [(2,), (1,)], ordered=True))
        self.assertFalse(same_result([(1,), (1,), (2,)], [(1,), (2,), (2,)], ordered=False))

    def test_columns_may_be_swapped_but_not_added(self):
        self.assertTrue(same_result([(1, "a"), (2, "b")], [("a", 1), ("b", 2)], ordered=True))
        self.assertFalse(same_result([(1,)], [(1, 2)], ordered=False))
        self.assertFalse(same_result([(1, 2), (2, 1)], [(1, 1), (2, 2)], ordered=False))

    def test_columns_of_the_same_values_need_the_right_pairing(self):
        self.assertTrue(same_result([(1, 2, 3), (2, 1, 3)], [(3, 2, 1), (3, 1, 2)], ordered=False))

    def test_empty_results_are_alike_and_types_matter(self):
        self.assertTrue(same_result([], [], ordered=False))
        self.assertTrue(same_result([(1,)], [(1.0,)], ordered=False))
        self.assertFalse(same_result([(1,)], [("1",)], ordered=False))
        self.assertFalse(same_result([], [(1,)], ordered=False))

    def test_distinct_is_dropped_as_a_word_only(self):
        self.assertEqual(without_distinct("select DISTINCT a, distinctly from t"), "select   a, distinctly from t")


class RunQuery(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.file = Path(self.folder.name) / "a b.sqlite"
        with sqlite3.connect(self.file) as connection:
            connection.execute("create table t (name text)")
            connection.execute("insert into t values ('x'), (cast(x'ff' as text))")
        connection.close()

    def test_accepts_double_quoted_texts_and_broken_utf8(self):
        self.assertEqual(run_query(self.file, 'select name from t where name = "x"', 5).rows, [("x",)])
        self.assertEqual(run_query(self.file, "select name from t", 5).rows, [("x",), ("\ufffd",)])

    def test_cannot_write(self):
        self.assertIn("readonly", run_query(self.file, "drop table t", 5).error)
        self.assertEqual(len(run_query(self.file, "select * from t", 5).rows), 2)

    def test_gives_up_in_time(self):
        endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
        started = time.monotonic()
        self.assertEqual(run_query(self.file, endless, 0.2).error, "interrupted")
        self.assertLess(time.monotonic() - started, 5)


if __name__ == "__main__":
    unittest.main()
