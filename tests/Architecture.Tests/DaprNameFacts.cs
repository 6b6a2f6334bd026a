using System.Reflection;
using Platform.Invocation;
using Xunit;
using YamlDotNet.Serialization;

namespace Architecture.Tests;

public sealed class DaprNameFacts
{
    private static readonly HashSet<string> Names = [.. typeof(DaprNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    [Fact]
    public void Every_service_folder_is_an_app_id() => Assert.All(Repository.Services.Keys, appId => Assert.Contains(appId, Names));

    [Fact]
    public void Every_environment_has_the_components_that_the_code_names()
    {
        var environments = Directory.GetDirectories(Path.Combine(Repository.Root, "components"));
        Assert.NotEmpty(environments);
        Assert.All(environments, environment =>
        {
            var components = Directory.GetFiles(environment, "*.yaml").Select(Read).Where(document => Text(document, "kind") == "Component")
                .Select(document => Text((Dictionary<object, object>)document["metadata"], "name")).ToHashSet();
            Assert.Superset(new HashSet<string> { DaprNames.PubSub, DaprNames.StateStore, DaprNames.SecretStore }, components);
        });
    }

    [Fact]
    public void Dapr_yaml_runs_every_service()
    {
        var apps = ((List<object>)Read(Path.Combine(Repository.Root, "dapr.yaml"))["apps"]).Cast<Dictionary<object, object>>().Select(app => Text(app, "appID")).ToHashSet();
        Assert.Equal(Repository.Services.Keys.Order(), apps.Order());
    }

    private static Dictionary<object, object> Read(string file) => new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(File.ReadAllText(file));

    private static string Text(Dictionary<object, object> map, string key) => map.TryGetValue(key, out var value) ? (string)value : "";
}
