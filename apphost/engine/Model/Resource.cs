namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something that the application is made of.</summary>
public interface IResource
{
    /// <summary>Unique within the application, upper and lower case alike.</summary>
    string Name { get; }

    /// <summary>What is said about the resource.</summary>
    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>Base of all resources.</summary>
public abstract class Resource(string name) : IResource
{
    /// <inheritdoc/>
    public virtual string Name { get; } = name;

    /// <inheritdoc/>
    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}
