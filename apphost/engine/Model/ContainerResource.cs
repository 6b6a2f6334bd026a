namespace Aspire.Hosting.ApplicationModel;

/// <summary>A container; here the base of servers that run without one.</summary>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    /// <summary>The program in the container.</summary>
    public string? Entrypoint { get; set; } = entrypoint;
}
