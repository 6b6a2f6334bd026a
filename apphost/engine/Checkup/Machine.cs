using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.JavaScript;
using Platform.LocalHost.Control;
using Platform.LocalHost.Hosting;
using Platform.LocalHost.JavaScript;
using Platform.LocalHost.Ports;
using Platform.LocalHost.Running;
using Platform.LocalHost.Unsupported;
using Platform.LocalPostgres.Binaries;
using Platform.LocalPostgres.Processes;

namespace Platform.LocalHost.Checkup;

/// <summary>Looks at this machine as a start would.</summary>
internal static class Machine
{
    private const int LeastSdk = 10;
    private const int LeastNode = 20;
    private const long LeastBytes = 3L << 30;

    /// <summary>Everything that a start needs or can use.</summary>
    public static async Task<IReadOnlyList<Finding>> ExamineAsync(LocalApplicationBuilder builder, CancellationToken cancellationToken)
    {
        var node = await ProgramVersion.OfAsync("node", cancellationToken);
        var npm = await ProgramVersion.OfAsync("npm", cancellationToken);
        return
        [
            OfVersion(".NET SDK", await ProgramVersion.OfAsync("dotnet", cancellationToken), LeastSdk, "Install the .NET 10 SDK: https://dotnet.microsoft.com/download"),
            OfVersion("Node.js", node, LeastNode, "Install Node.js 20 or newer: https://nodejs.org (Debian: apt-get install nodejs npm)"),
            OfVersion("npm", npm, 0, "Comes with Node.js (Debian: apt-get install npm)"),
            OfPostgres(builder, npm is not null),
            OfServer(builder, "redis-server", "Only for --components redis (Debian: apt-get install redis-server)"),
            OfServer(builder, "rabbitmq-server", "Only for --components rabbitmq (Debian: apt-get install rabbitmq-server)"),
            .. builder.Resources.OfType<JavaScriptAppResource>().Select(app => RunScript.ManagerOf(app)?.ExecutableName).OfType<string>().Where(manager => manager != "npm").Distinct().Select(OfProgram),
            OfDisk(builder.AppHostDirectory),
            .. OfPorts(builder),
            .. NotSupportedAnnotation.Of(builder.Resources).Select(one => new Finding(one.Resource, Verdict.Optional, one.What, "Not supported locally")),
        ];
    }

    private static Finding OfVersion(string what, string? version, int least, string advice) =>
        version is null ? new Finding(what, Verdict.Missing, "not on the PATH", advice)
        : MajorOf(version) < least ? new Finding(what, Verdict.Missing, $"{version}, and {least} is needed", advice)
        : new Finding(what, Verdict.Good, version);

    private static int MajorOf(string version) =>
        int.TryParse(version.TrimStart('v').Split('.')[0], CultureInfo.InvariantCulture, out var major) ? major : 0;

    private static Finding OfPostgres(LocalApplicationBuilder builder, bool hasNpm)
    {
        const string What = "PostgreSQL";
        if (builder.Resources.OfType<PostgresServerResource>().Select(server => builder.Configuration[$"ConnectionStrings:{server.Name}"]).FirstOrDefault(given => given is not null) is not null)
            return new Finding(What, Verdict.Good, "the server that the configuration names");
        if (PostgresBinaries.Installed() is { } installed)
            return new Finding(What, Verdict.Good, installed.Directory);
        return hasNpm
            ? new Finding(What, Verdict.Good, "from npm, at the first start")
            : new Finding(What, Verdict.Missing, "neither installed nor to be had from npm", "Install it (Debian: apt-get install postgresql), or name a server in ConnectionStrings__postgres");
    }

    private static Finding OfServer(LocalApplicationBuilder builder, string program, string advice)
    {
        if (Executables.Find(program) is { } path)
            return new Finding(program, Verdict.Good, path);
        var needed = builder.Resources.Any(resource => resource is RedisResource && program == "redis-server" || resource is RabbitMQServerResource && program == "rabbitmq-server");
        return new Finding(program, needed ? Verdict.Missing : Verdict.Optional, "not on the PATH", advice);
    }

    private static Finding OfProgram(string program) => Executables.Find(program) is { } path
        ? new Finding(program, Verdict.Good, path)
        : new Finding(program, Verdict.Missing, "not on the PATH", $"A JavaScript application is run by it (npm install --global {program})");

    private static Finding OfDisk(string directory)
    {
        var free = new DriveInfo(directory).AvailableFreeSpace;
        var found = $"{free / (double)(1L << 30):0.0} GiB free";
        return free >= LeastBytes ? new Finding("Disk", Verdict.Good, found) : new Finding("Disk", Verdict.Missing, found, "A build and the data of an instance take about 3 GiB: make room");
    }

    // Those of an instance that runs are its own.
    private static IEnumerable<Finding> OfPorts(LocalApplicationBuilder builder)
    {
        if (ControlClient.Find(builder.Instance) is { } running)
        {
            running.Dispose();
            return [new Finding("Ports", Verdict.Good, $"the instance '{builder.Instance.Name}' is running")];
        }

        var offset = Instances.PortOffset.Decide(builder.Instance, builder.Request.PortOffset, StackPlan.FixedPorts([.. builder.Resources]));
        var taken = StackPlan.FixedPorts([.. builder.Resources]).Select(port => port + offset).Distinct().Where(PortOwner.IsTaken).Order().ToList();
        return taken.Count == 0
            ? [new Finding("Ports", Verdict.Good, "all free")]
            : taken.Select(port => new Finding($"Port {port}", Verdict.Missing, $"in use by {PortOwner.Describe(port)}", "Stop it, or start an instance with other ports: --instance NAME"));
    }
}
