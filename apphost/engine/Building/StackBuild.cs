using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Running;
using Platform.LocalPostgres.Processes;

namespace Platform.LocalHost.Building;

/// <summary>Restores and builds all projects of a stack in one go, or finds that nothing has changed.</summary>
internal sealed partial class StackBuild(RunContext context, CompilerServer compiler, string configuration, IReadOnlyCollection<string> projects)
{
    private readonly Instance _instance = context.Instance;
    private readonly List<string> _problems = [];
    private readonly SortedDictionary<string, string> _programs = new(StringComparer.Ordinal);

    private string StampFile => Path.Combine(_instance.AllData, "build", $"{configuration}.json");

    private string SolutionFile => Path.Combine(_instance.AllData, "build", "stack.slnx");

    /// <summary>The program of each project.</summary>
    /// <param name="report">Receives what is being built.</param>
    /// <param name="log">Receives the build's whole output.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="StackException">The build failed; the message holds its errors.</exception>
    public async Task<IReadOnlyDictionary<string, string>> RunAsync(Action<string> report, Action<string> log, CancellationToken cancellationToken)
    {
        if (BuildStamp.Load(StampFile) is { } stamp && stamp.IsCurrent(StampFile, _instance.Root, projects))
            return stamp.Projects;

        var begun = DateTime.UtcNow;
        WriteSolution();
        report("restoring packages");
        var exitCode = await BuildAsync(SolutionFile, [], report, log, cancellationToken);
        if (exitCode != 0)
            throw Failed();
        var missing = projects.Where(project => !_programs.ContainsKey(project)).ToArray();
        if (missing.Length > 0)
            throw new StackException($"The build made no program of {string.Join(", ", missing)}.");
        new BuildStamp(_programs).Save(StampFile, begun);
        return _programs;
    }

    /// <summary>
    /// Builds one project and what it refers to, as fast as that can be: packages are restored only where they may be others than when
    /// everything was built, and analyzers see it with the next build of everything (Directory.Build.targets).
    /// </summary>
    /// <exception cref="StackException">The build failed; the message holds its errors.</exception>
    public async Task BuildOneAsync(string project, Action<string> log, CancellationToken cancellationToken)
    {
        // One refers to the next: nodes that could build side by side would only have to be started.
        string[] how = ["-m:1", "-p:RunAnalyzers=false", .. BuildStamp.MayNeedRestore(StampFile, _instance.Root) ? (string[])[] : ["--no-restore"]];
        if (await BuildAsync(project, how, static _ => { }, log, cancellationToken) != 0)
            throw Failed();
    }

    private StackException Failed() => new($"The build failed:\n{string.Join('\n', _problems.Distinct().Take(20).Select(problem => "    " + problem))}");

    private async Task<int> BuildAsync(string what, string[] how, Action<string> report, Action<string> log, CancellationToken cancellationToken)
    {
        // It is there before the build has read its projects.
        _ = compiler.StartAsync();
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        // Without the property, projects that the solution does not name itself would be built in their default configuration.
        string[] arguments =
        [
            "build", what, "-c", configuration, "-p:ShouldUnsetParentConfigurationAndPlatform=false", "--nologo", "--verbosity", "minimal", "--tl:off", "-nodeReuse:false",
            "-p:UseSharedCompilation=true", $"-p:SharedCompilationId={compiler.Name}", .. how,
        ];
        using var build = ChildProcess.Start(new(dotnet, arguments)
        {
            WorkingDirectory = _instance.Root,
            // The build that has started this program leaves its own settings in the environment.
            Environment = new Dictionary<string, string?> { ["MSBUILDNOINPROCNODE"] = null, ["MSBuildSDKsPath"] = null, ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
            DeathSignal = Signal.Terminate,
            Output = line =>
            {
                log(line);
                lock (_problems)
                    Understand(line, report);
            },
        });
        context.Guard.Add(build.Id);
        try
        {
            await build.WaitForExitAsync(cancellationToken);
            return build.ExitCode;
        }
        finally
        {
            // With whatever it has started and would leave for a later one.
            ChildProcess.Send(build.Id, cancellationToken.IsCancellationRequested ? Signal.Terminate : Signal.Kill, wholeGroup: true);
            context.Guard.Remove(build.Id);
        }
    }

    private void Understand(string line, Action<string> report)
    {
        if (Built().Match(line) is { Success: true } built)
        {
            var name = built.Groups["name"].Value;
            if (projects.FirstOrDefault(project => Path.GetFileNameWithoutExtension(project) == name) is { } mine)
                _programs[mine] = built.Groups["path"].Value.Trim();
            report(name);
        }
        else if (Problem().IsMatch(line))
        {
            _problems.Add(line.Trim());
        }
    }

    private void WriteSolution()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SolutionFile)!);
        var entries = projects.Select(project => string.Create(CultureInfo.InvariantCulture,
            $"""  <Project Path="{Path.GetRelativePath(Path.GetDirectoryName(SolutionFile)!, project).Replace('\\', '/')}" />"""));
        File.WriteAllText(SolutionFile, new StringBuilder().AppendLine("<Solution>").AppendJoin('\n', entries).AppendLine().AppendLine("</Solution>").ToString());
    }

    [GeneratedRegex(@"^\s+(?<name>\S+) -> (?<path>.+\.dll)$")]
    private static partial Regex Built();

    [GeneratedRegex(@"(: |^\s*)error( [A-Z]+\d+)?\s*:")]
    private static partial Regex Problem();
}
