namespace Aspire.Hosting;

/// <summary>The application cannot do what it was asked for; the message says why.</summary>
public class DistributedApplicationException : Exception
{
    /// <summary>Without words.</summary>
    public DistributedApplicationException()
    {
    }

    /// <summary>With a reason.</summary>
    public DistributedApplicationException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason, and what led to it.</summary>
    public DistributedApplicationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
