using System.Reflection;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.LocalHost.Hosting;

namespace Platform.LocalHost.Testing;

/// <summary>The model that an AppHost has described, for a test to change and to run.</summary>
internal sealed class TestingBuilder(LocalApplicationBuilder model) : IDistributedApplicationTestingBuilder
{
    private DistributedApplication? _built;

    public ConfigurationManager Configuration => model.Configuration;

    public string AppHostDirectory => model.AppHostDirectory;

    public Assembly? AppHostAssembly => model.AppHostAssembly;

    public IHostEnvironment Environment => model.Environment;

    public IServiceCollection Services => model.Services;

    public IDistributedApplicationEventing Eventing => model.Eventing;

    public DistributedApplicationExecutionContext ExecutionContext => model.ExecutionContext;

    public IResourceCollection Resources => model.Resources;

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource => model.AddResource(resource);

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => model.CreateResourceBuilder(resource);

    public DistributedApplication Build() => _built ??= model.Build();

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Build());
    }

    public ValueTask DisposeAsync() => _built?.DisposeAsync() ?? ValueTask.CompletedTask;

    public void Dispose() => _built?.Dispose();
}
