using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Unsupported;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>How long a container stays.</summary>
    public enum ContainerLifetime
    {
        /// <summary>As long as the application runs.</summary>
        Session,

        /// <summary>Beyond that.</summary>
        Persistent,
    }

    /// <summary>Arguments for what runs a container.</summary>
    public sealed class ContainerRuntimeArgsCallbackContext(IList<object> args, CancellationToken cancellationToken = default)
    {
        /// <summary>The arguments.</summary>
        public IList<object> Args { get; } = args;

        /// <summary>Ends it.</summary>
        public CancellationToken CancellationToken { get; } = cancellationToken;
    }
}

namespace Aspire.Hosting
{
    /// <summary>What is said of containers. Servers run here without one: it is noted and has no effect.</summary>
    public static class ContainerResourceBuilderExtensions
    {
        private const string NoContainer = "no container runs here";

        /// <summary>Another image. Not supported locally.</summary>
        public static IResourceBuilder<T> WithImage<T>(this IResourceBuilder<T> builder, string image, string? tag = null)
            where T : ContainerResource => builder.NotSupported($"WithImage({image}{(tag is null ? "" : $":{tag}")}): {NoContainer}");

        /// <summary>Another version. Not supported locally.</summary>
        public static IResourceBuilder<T> WithImageTag<T>(this IResourceBuilder<T> builder, string tag)
            where T : ContainerResource => builder.NotSupported($"WithImageTag({tag}): {NoContainer}");

        /// <summary>Another registry. Not supported locally.</summary>
        public static IResourceBuilder<T> WithImageRegistry<T>(this IResourceBuilder<T> builder, string? registry)
            where T : ContainerResource => builder.NotSupported($"WithImageRegistry({registry}): {NoContainer}");

        /// <summary>One image alone. Not supported locally.</summary>
        public static IResourceBuilder<T> WithImageSHA256<T>(this IResourceBuilder<T> builder, string sha256)
            where T : ContainerResource => builder.NotSupported($"WithImageSHA256({sha256}): {NoContainer}");

        /// <summary>A volume. Not supported locally: a server's data lie in the instance's folder.</summary>
        public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string? name, string target, bool isReadOnly = false)
            where T : ContainerResource => builder.NotSupported($"WithVolume({name}, {target}): the data lie in the instance's folder");

        /// <summary>A volume. Not supported locally: a server's data lie in the instance's folder.</summary>
        public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string target)
            where T : ContainerResource => builder.NotSupported($"WithVolume({target}): the data lie in the instance's folder");

        /// <summary>A folder in the container. Not supported locally.</summary>
        public static IResourceBuilder<T> WithBindMount<T>(this IResourceBuilder<T> builder, string source, string target, bool isReadOnly = false)
            where T : ContainerResource => builder.NotSupported($"WithBindMount({source}, {target}): {NoContainer}");

        /// <summary>The container's name. Not supported locally.</summary>
        public static IResourceBuilder<T> WithContainerName<T>(this IResourceBuilder<T> builder, string name)
            where T : ContainerResource => builder.NotSupported($"WithContainerName({name}): {NoContainer}");

        /// <summary>The program in the container. Not supported locally.</summary>
        public static IResourceBuilder<T> WithEntrypoint<T>(this IResourceBuilder<T> builder, string entrypoint)
            where T : ContainerResource
        {
            builder.Resource.Entrypoint = entrypoint;
            return builder.NotSupported($"WithEntrypoint({entrypoint}): {NoContainer}");
        }

        /// <summary>Stays beyond the application. Locally only the data do.</summary>
        public static IResourceBuilder<T> WithLifetime<T>(this IResourceBuilder<T> builder, ContainerLifetime lifetime)
            where T : ContainerResource => lifetime is ContainerLifetime.Session ? builder
                : builder.NotSupported("WithLifetime(Persistent): it ends with the stack, and its data stay");

        /// <summary>Arguments for what runs the container. Not supported locally.</summary>
        public static IResourceBuilder<T> WithContainerRuntimeArgs<T>(this IResourceBuilder<T> builder, params string[] args)
            where T : ContainerResource => builder.NotSupported($"WithContainerRuntimeArgs({string.Join(' ', args)}): {NoContainer}");

        /// <summary>Arguments for what runs the container. Not supported locally.</summary>
        public static IResourceBuilder<T> WithContainerRuntimeArgs<T>(this IResourceBuilder<T> builder, Action<ContainerRuntimeArgsCallbackContext> callback)
            where T : ContainerResource => builder.NotSupported($"WithContainerRuntimeArgs: {NoContainer}");

        /// <summary>Arguments for what runs the container. Not supported locally.</summary>
        public static IResourceBuilder<T> WithContainerRuntimeArgs<T>(this IResourceBuilder<T> builder, Func<ContainerRuntimeArgsCallbackContext, Task> callback)
            where T : ContainerResource => builder.NotSupported($"WithContainerRuntimeArgs: {NoContainer}");

        /// <summary>How it is published. Not supported locally: nothing is published from here.</summary>
        public static IResourceBuilder<T> PublishAsContainer<T>(this IResourceBuilder<T> builder)
            where T : ContainerResource => builder.NotSupported("PublishAsContainer: nothing is published from here");
    }

    public static partial class ResourceBuilderExtensions
    {
        /// <summary>Stays out of the deployment manifest. Not supported locally: nothing is published from here.</summary>
        public static IResourceBuilder<T> ExcludeFromManifest<T>(this IResourceBuilder<T> builder)
            where T : IResource => builder.NotSupported("ExcludeFromManifest: nothing is published from here");

        /// <summary>An icon. Not supported locally: the dashboard shows words.</summary>
        public static IResourceBuilder<T> WithIconName<T>(this IResourceBuilder<T> builder, string iconName, IconVariant iconVariant = IconVariant.Filled)
            where T : IResource => builder.NotSupported($"WithIconName({iconName}): the dashboard shows words");
    }
}
