using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A program.</summary>
    public class ExecutableResource(string name, string command, string workingDirectory)
        : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
    {
        /// <summary>The program: a path, or a name on the PATH.</summary>
        public string Command { get; } = command;

        /// <summary>Where it runs.</summary>
        public string WorkingDirectory { get; } = workingDirectory;
    }
}

namespace Aspire.Hosting
{
    /// <summary>Adds programs.</summary>
    public static class ExecutableResourceBuilderExtensions
    {
        /// <summary>A program; its working directory is relative to the AppHost's.</summary>
        public static IResourceBuilder<ExecutableResource> AddExecutable(
            this IDistributedApplicationBuilder builder, string name, string command, string workingDirectory, params string[]? args) =>
            builder.AddExecutable(name, command, workingDirectory, (args ?? []).Cast<object>().ToArray());

        /// <summary>A program with arguments that are text or values of resources.</summary>
        public static IResourceBuilder<ExecutableResource> AddExecutable(
            this IDistributedApplicationBuilder builder, string name, string command, string workingDirectory, params object[]? args) =>
            builder.AddResource(new ExecutableResource(name, command, Path.GetFullPath(workingDirectory, builder.AppHostDirectory))).WithArgs(args ?? []);
    }
}
