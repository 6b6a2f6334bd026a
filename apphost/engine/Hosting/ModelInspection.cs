using System.Reflection;
using Aspire.Hosting;
using Microsoft.Extensions.Hosting;

namespace Platform.LocalHost.Hosting;

/// <summary>Reads the model of an AppHost without running it: its program is started and left at its call of Build.</summary>
internal sealed class ModelInspection
{
    private static readonly AsyncLocal<ModelInspection?> InFlow = new();
    private LocalApplicationBuilder? _builder;

    private ModelInspection(Assembly appHost, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure) => (AppHost, Configure) = (appHost, configure);

    public static ModelInspection? Current => InFlow.Value;

    public Assembly AppHost { get; }

    /// <summary>Changes how the application is made.</summary>
    public Action<DistributedApplicationOptions, HostApplicationBuilderSettings> Configure { get; }

    /// <summary>The model that the AppHost describes when started with the arguments.</summary>
    public static LocalApplicationBuilder Of(Assembly appHost, params string[] args) => Of(appHost, static (_, _) => { }, args);

    /// <summary>The same with options of whoever asks.</summary>
    public static LocalApplicationBuilder Of(Assembly appHost, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure, params string[] args)
    {
        var inspection = new ModelInspection(appHost, configure);
        InFlow.Value = inspection;
        try
        {
            appHost.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [args], null);
        }
        catch (InspectedException)
        {
            return inspection._builder!;
        }
        finally
        {
            InFlow.Value = null;
        }

        throw new InvalidOperationException($"{appHost.GetName().Name} has built no application.");
    }

    public void Take(LocalApplicationBuilder builder)
    {
        _builder = builder;
        throw new InspectedException();
    }

    private sealed class InspectedException : Exception;
}
