"""What a session tells of its workers: which Python they run, how many tasks run at once, how many cores a task has."""

import logging
import os
import sys

log = logging.getLogger("unspin.spark")


def context_of(spark):
    """The session's SparkContext; None for Spark Connect, which has none."""
    try:
        return spark.sparkContext
    except Exception:  # Connect raises an error class of its own, in 3.5 another one than in 4
        return None


def use_own_python(spark):
    """Lets local workers run the Python of the driver where nobody chose one.

    Spark's default is `python3` of the PATH, which lacks the packages of a virtual environment. The workers of a
    cluster are machines of their own, where the driver's path may not exist: their Python stays.
    """
    context = context_of(spark)
    if context is None or not context.master.startswith("local"):
        return
    chosen = os.environ.get("PYSPARK_PYTHON") or spark.conf.get("spark.pyspark.python", None)
    if chosen or context.pythonExec == sys.executable:
        return
    log.warning("PYSPARK_PYTHON is not set; workers of this session now run %s, as the driver does", sys.executable)
    os.environ["PYSPARK_PYTHON"] = sys.executable  # read by data sources
    context.pythonExec = sys.executable  # read by functions


def cores_per_task(spark):
    return max(1, int(spark.conf.get("spark.task.cpus", "1")))


def cores_of_this_task():
    """The same, asked in a worker."""
    from pyspark import TaskContext

    context = TaskContext.get()
    return 1 if context is None else context.cpus()


def tasks_at_once(spark):
    """How many tasks the session runs at the same time, as far as it tells."""
    context = context_of(spark)
    if context is None:
        raise ValueError("a session of Spark Connect does not tell how many tasks it runs at once; give workers=")
    return max(1, context.defaultParallelism // cores_per_task(spark))


def cores_per_executor(spark):
    context = context_of(spark)
    if context is not None and context.master.startswith("local"):
        return context.defaultParallelism
    return max(1, int(spark.conf.get("spark.executor.cores", "1")))
