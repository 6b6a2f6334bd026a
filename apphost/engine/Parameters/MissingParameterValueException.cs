namespace Aspire.Hosting;

/// <summary>A parameter has no value, and nobody is there to be asked for it; the message says how to give it.</summary>
public class MissingParameterValueException : DistributedApplicationException
{
    /// <summary>With the way to give it.</summary>
    public MissingParameterValueException(string message)
        : base(message)
    {
    }

    /// <summary>With the way to give it, and what led to it.</summary>
    public MissingParameterValueException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
