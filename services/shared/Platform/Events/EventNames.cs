using Google.Protobuf.Reflection;

namespace Platform.Events;

/// <summary>How events are named on the wire.</summary>
public static class EventNames
{
    /// <summary>CloudEvents extension that carries the tenant.</summary>
    public const string TenantExtension = "tenantid";

    /// <summary>CloudEvents extension with the id of the person who caused the event; absent where nobody is known.</summary>
    public const string CauseExtension = "causedby";

    /// <summary>The topic of a message: the domain in its package (<c>platform.deals.v1</c> → <c>deals</c>).</summary>
    public static string TopicOf(MessageDescriptor descriptor) => descriptor.File.Package.Split('.')[1];
}
