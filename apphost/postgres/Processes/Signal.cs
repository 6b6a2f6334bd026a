namespace Platform.LocalPostgres.Processes;

/// <summary>The signals that local processes are ended with; the values are POSIX's.</summary>
public enum Signal
{
    /// <summary>Interrupt: PostgreSQL's fast shutdown.</summary>
    Interrupt = 2,

    /// <summary>Quit: PostgreSQL's immediate shutdown.</summary>
    Quit = 3,

    /// <summary>Kill: cannot be caught.</summary>
    Kill = 9,

    /// <summary>Terminate: a polite request to end.</summary>
    Terminate = 15,
}
