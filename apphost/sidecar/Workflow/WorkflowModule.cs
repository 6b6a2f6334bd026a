namespace Platform.Sidecar.Workflow;

/// <summary>Where the workflow engine joins the sidecar.</summary>
internal static class WorkflowModule
{
    /// <summary>Adds the engine's services; a <c>DaprApi</c> singleton adds RPCs to the Dapr service, an <c>IAppLifecycle</c> follows the apps.</summary>
    public static void Add(IServiceCollection services) => _ = services;

    /// <summary>Maps the engine's gRPC services and HTTP routes; <c>context.App()</c> is the app that calls.</summary>
    public static void Map(IEndpointRouteBuilder endpoints) => _ = endpoints;
}
