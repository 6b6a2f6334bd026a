using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Unsupported;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A program.</summary>
    public class ExecutableResource(string name, string command, string workingDirectory)
        : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
    {
        /// <summary>The program: a path, or a name on the PATH.</summary>
        public string Command { get; internal set; } = command;

        /// <summary>Where it runs.</summary>
        public string WorkingDirectory { get; internal set; } = workingDirectory;
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

        /// <summary>Runs another program.</summary>
        public static IResourceBuilder<T> WithCommand<T>(this IResourceBuilder<T> builder, string command)
            where T : ExecutableResource
        {
            builder.Resource.Command = command;
            return builder;
        }

        /// <summary>Runs it somewhere else; the folder is relative to the AppHost's.</summary>
        public static IResourceBuilder<T> WithWorkingDirectory<T>(this IResourceBuilder<T> builder, string workingDirectory)
            where T : ExecutableResource
        {
            builder.Resource.WorkingDirectory = Path.GetFullPath(workingDirectory, builder.ApplicationBuilder.AppHostDirectory);
            return builder;
        }

        /// <summary>How it is published. Not supported locally: nothing is published from here.</summary>
        public static IResourceBuilder<T> PublishAsDockerFile<T>(this IResourceBuilder<T> builder)
            where T : ExecutableResource => builder.PublishAsDockerFile(configure: null);

        /// <summary>How it is published. Not supported locally: nothing is published from here.</summary>
        public static IResourceBuilder<T> PublishAsDockerFile<T>(this IResourceBuilder<T> builder, Action<IResourceBuilder<ContainerResource>>? configure)
            where T : ExecutableResource => builder.NotSupported("PublishAsDockerFile: nothing is published from here");
    }
}
