using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Running;
using Xunit;

namespace AppHost.Tests;

public sealed class RabbitFacts
{
    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_runs_with_its_own_port_mapper_and_ends_with_it()
    {
        RabbitMQServerResource? rabbit = null;
        await using var stack = TestStack.Of(builder =>
        {
            rabbit = builder.AddRabbitMQ("rabbit").Resource;
            builder.AddExecutable("client", "sleep", ".", "1000").WithReference(builder.CreateResourceBuilder(rabbit)).WaitFor(builder.CreateResourceBuilder(rabbit));
        });
        await stack.StartAsync(_token);

        Assert.True(stack["rabbit"].IsReady);
        Assert.Equal($"amqp://guest:{rabbit!.PasswordParameter.Current}@localhost:{rabbit.PrimaryEndpoint.Port}", stack.EnvironmentOf("client")["ConnectionStrings__rabbit"]);
        var records = Directory.GetFiles(Path.Combine(stack.Folder, ".data"), "rabbit*.json", SearchOption.AllDirectories);
        Assert.Equal(["rabbit-epmd.json", "rabbit.json"], records.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var mapper = rabbit.Annotations.OfType<EndpointAnnotation>().Single(endpoint => endpoint.Name == "epmd").AllocatedEndpoint!.Port;
        Assert.True(Platform.LocalHost.Ports.PortOwner.IsTaken(mapper));

        await stack.StopAsync();
        Assert.Equal(ResourceState.Exited, stack["rabbit"].State);
        Assert.False(Platform.LocalHost.Ports.PortOwner.IsTaken(mapper));
        Assert.DoesNotContain(records, File.Exists);
    }

    [Fact]
    public async Task A_server_that_runs_already_is_not_started()
    {
        await using var stack = TestStack.Of(
            builder => builder.AddExecutable("client", "sleep", ".", "1000").WithReference(builder.AddRabbitMQ("rabbit")),
            "--ConnectionStrings:rabbit=amqps://me:secret@elsewhere.example/shop");
        await stack.StartAsync(_token);
        Assert.Equal("amqps://me:secret@elsewhere.example/shop", stack.EnvironmentOf("client")["ConnectionStrings__rabbit"]);
    }
}
