// Sessions capture the console of the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
