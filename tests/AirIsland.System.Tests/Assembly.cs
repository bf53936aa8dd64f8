// Each test runs a whole chain: one at a time, or they would judge the machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
