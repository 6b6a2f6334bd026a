using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;
using Platform.LocalHost.Dapr;
using Platform.LocalHost.Hosting;
using Xunit;
using YamlDotNet.Serialization;

namespace AppHost.Tests;

/// <summary>dapr.yaml and AppHost.cs describe the same apps.</summary>
public sealed partial class DaprFileFacts
{
    private static readonly LocalApplicationBuilder Model = ModelInspection.Of(typeof(Projects.AppHost).Assembly);

    [Fact]
    public void The_file_and_the_app_model_name_the_same_apps_with_the_same_ports_and_protocols()
    {
        var expected = Model.Resources.SelectMany(resource => resource.Annotations.OfType<DaprSidecarAnnotation>()).Select(annotation =>
        {
            var options = SidecarPorts.OptionsOf(annotation.Sidecar);
            return new App(options.AppId!, options.AppPort, options.DaprHttpPort, options.DaprGrpcPort, options.AppProtocol!);
        }).OrderBy(app => app.Port).ToArray();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, AppsOfFile());
    }

    [Fact]
    public void Each_app_of_the_file_is_the_project_of_the_resource_of_the_same_name()
    {
        Assert.All(Apps(), app =>
        {
            var resource = Model.Resources.OfType<ProjectResource>().Single(resource => resource.Name == (string)app["appID"]);
            var project = resource.Annotations.OfType<Aspire.Hosting.IProjectMetadata>().Single().ProjectPath;
            Assert.Equal(Path.GetDirectoryName(project), Path.GetFullPath((string)app["appDirPath"], Model.Instance.Root));
        });
    }

    [Fact]
    public void Its_components_have_the_names_that_the_app_model_uses()
    {
        var common = (Dictionary<object, object>)File()["common"];
        var folder = Path.GetFullPath((string)((List<object>)common["resourcesPaths"]).Single(), Model.Instance.Root);
        var names = Model.Resources.OfType<IDaprComponentResource>().Select(component => component.Name).Order();
        Assert.Equal(names, Directory.GetFiles(folder, "*.yaml").Where(IsComponent).Select(Path.GetFileNameWithoutExtension).Order());
    }

    [Fact]
    public void The_containers_have_the_database_of_each_service_and_with_env_its_connection_strings()
    {
        // The identity provider's and the sidecar's databases are Keycloak's and Redis' affair there.
        var services = Model.Resources.OfType<PostgresDatabaseResource>().Select(database => database.DatabaseName).Except(["identity", "dapr"]).Order().ToArray();
        Assert.NotEmpty(services);
        var folder = Path.Combine(Model.Instance.Root, "deploy", "docker");
        Assert.Equal(services, System.IO.File.ReadLines(Path.Combine(folder, "create-databases.sql"))
            .Where(line => line.StartsWith("CREATE DATABASE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2].TrimEnd(';')).Order());
        var loop = System.IO.File.ReadLines(Path.Combine(folder, "with-env")).Single(line => line.StartsWith("for service in ", StringComparison.Ordinal));
        Assert.Equal(services, loop["for service in ".Length..].Split(';')[0].Split(' ').Order());
    }

    [Fact]
    public void What_the_app_model_sets_for_services_is_set_for_dapr_too()
    {
        // Of the parts that only the local run has.
        string[] local = ["Identity__DemoPassword", "Links__Inbox", "Mail__Directory", "Mail__SmtpPort", "Mail__WebPort"];
        var set = Setting().Matches(System.IO.File.ReadAllText(Path.Combine(Model.Instance.Root, "apphost", "AppHost.cs")))
            .Select(match => match.Groups[1].Value).Distinct().Except(local).ToList();
        Assert.True(set.Count > 8, string.Join(", ", set));
        var given = System.IO.File.ReadAllText(Path.Combine(Model.Instance.Root, "deploy", "docker", "with-env")) + System.IO.File.ReadAllText(Path.Combine(Model.Instance.Root, "dapr.yaml"));
        Assert.DoesNotContain(set, name => !given.Contains($"{name}=", StringComparison.Ordinal) && !given.Contains($"{name}:", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"WithEnvironment\(""([A-Za-z]+__[A-Za-z-]+)""")]
    private static partial Regex Setting();

    private static bool IsComponent(string file) => System.IO.File.ReadLines(file).Contains("kind: Component");

    private static App[] AppsOfFile()
    {
        var protocol = (string)((Dictionary<object, object>)File()["common"])["appProtocol"];
        return [.. Apps().Select(app => new App((string)app["appID"], Number(app["appPort"]), Number(app["daprHTTPPort"]), Number(app["daprGRPCPort"]), (string)app.GetValueOrDefault("appProtocol", protocol))).OrderBy(app => app.Port)];
    }

    private static IEnumerable<Dictionary<object, object>> Apps() => ((List<object>)File()["apps"]).Cast<Dictionary<object, object>>();

    private static Dictionary<object, object> File() =>
        new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(System.IO.File.ReadAllText(Path.Combine(Model.Instance.Root, "dapr.yaml")));

    private static int Number(object value) => int.Parse((string)value, System.Globalization.CultureInfo.InvariantCulture);

    private sealed record App(string Id, int? Port, int? HttpPort, int? GrpcPort, string Protocol);
}
