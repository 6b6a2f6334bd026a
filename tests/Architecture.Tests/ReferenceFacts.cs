using Xunit;

namespace Architecture.Tests;

public sealed class ReferenceFacts
{
    [Fact]
    public void Services_know_each_other_by_contract_only()
    {
        var names = Repository.Services.Values.Select(assembly => assembly.GetName().Name!).ToHashSet();
        Assert.All(Repository.Services.Values, assembly =>
            Assert.DoesNotContain(assembly.GetReferencedAssemblies(), reference => names.Contains(reference.Name!)));
    }

    [Fact]
    public void The_broker_the_state_store_and_the_sidecar_are_known_by_dapr_alone()
    {
        string[] forbidden = ["StackExchange.Redis", "RabbitMQ.Client", "Confluent.Kafka", "Platform.Sidecar", "Platform.LocalHost"];
        Assert.All(Repository.Services.Values.Append(typeof(Platform.Data.PlatformDbContext).Assembly), assembly =>
            Assert.DoesNotContain(assembly.GetReferencedAssemblies(), reference => forbidden.Contains(reference.Name)));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Platform.sln")).Replace('\\', '/');
        var projects = Repository.Files("*.csproj", "protos", "services", "apphost", "tests").Select(Repository.Relative).ToList();
        Assert.True(projects.Count > 15);
        Assert.All(projects, project => Assert.Contains(project, solution, StringComparison.Ordinal));
    }
}
