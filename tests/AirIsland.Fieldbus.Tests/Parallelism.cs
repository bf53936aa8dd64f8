// The properties keep every core busy; a socket test beside them would measure that and not its timeout.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
