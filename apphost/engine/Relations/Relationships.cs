using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Relations;
using Platform.LocalHost.Running;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>How a resource stands to another one.</summary>
    public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
    {
        /// <summary>The other one.</summary>
        public IResource Resource { get; } = resource;

        /// <summary>How.</summary>
        public string Type { get; } = type;
    }

    /// <summary>Starts only when somebody asks for it.</summary>
    public sealed class ExplicitStartupAnnotation : IResourceAnnotation;
}

namespace Aspire.Hosting
{
    public static partial class ResourceBuilderExtensions
    {
        private const string Parent = "Parent";
        private const string Reference = "Reference";

        /// <summary>Is not started with the application, but by <c>start</c> or the dashboard.</summary>
        public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder)
            where T : IResource => builder.WithAnnotation(new ExplicitStartupAnnotation());

        /// <summary>Stands to another resource in some way; the dashboard shows how.</summary>
        public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResource resource, string type)
            where T : IResource => builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));

        /// <summary>Stands to another resource in some way; the dashboard shows how.</summary>
        public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder, string type)
            where T : IResource => builder.WithRelationship(resourceBuilder.Resource, type);

        /// <summary>Belongs to another resource.</summary>
        public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> parent)
            where T : IResource => builder.WithParentRelationship(parent.Resource);

        /// <summary>Belongs to another resource.</summary>
        public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResource parent)
            where T : IResource => builder.WithRelationship(parent, Parent);

        /// <summary>Another resource belongs to it.</summary>
        public static IResourceBuilder<T> WithChildRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> child)
            where T : IResource => builder.WithChildRelationship(child.Resource);

        /// <summary>Another resource belongs to it.</summary>
        public static IResourceBuilder<T> WithChildRelationship<T>(this IResourceBuilder<T> builder, IResource child)
            where T : IResource
        {
            builder.ApplicationBuilder.CreateResourceBuilder(child).WithRelationship(builder.Resource, Parent);
            return builder;
        }

        /// <summary>Has to do with another resource.</summary>
        public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder)
            where T : IResource => builder.WithReferenceRelationship(resourceBuilder.Resource);

        /// <summary>Has to do with another resource.</summary>
        public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResource resource)
            where T : IResource => builder.WithRelationship(resource, Reference);

        /// <summary>Has to do with the resources that an expression is made from.</summary>
        public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, ReferenceExpression expression)
            where T : IResource
        {
            foreach (var resource in DependencyGraph.ResourcesIn(expression).Distinct())
                builder.WithReferenceRelationship(resource);
            return builder;
        }

        /// <summary>Is not in the list of resources; <c>ps --json</c> and the resource's own page show it.</summary>
        public static IResourceBuilder<T> WithHidden<T>(this IResourceBuilder<T> builder)
            where T : IResource => builder.WithAnnotation(new HiddenAnnotation(), ResourceAnnotationMutationBehavior.Replace);

        /// <summary>Is no more in the list of resources once it has ended with an exit code.</summary>
        public static IResourceBuilder<T> WithHiddenOnCompletion<T>(this IResourceBuilder<T> builder, int exitCode)
            where T : IResource => builder.WithAnnotation(new HiddenAnnotation([exitCode]), ResourceAnnotationMutationBehavior.Replace);

        /// <summary>Is no more in the list of resources once it has ended with one of several exit codes; with 0 when none is given.</summary>
        public static IResourceBuilder<T> WithHiddenOnCompletion<T>(this IResourceBuilder<T> builder, params int[] exitCodes)
            where T : IResource => builder.WithAnnotation(new HiddenAnnotation(exitCodes.Length == 0 ? [0] : exitCodes), ResourceAnnotationMutationBehavior.Replace);
    }
}
