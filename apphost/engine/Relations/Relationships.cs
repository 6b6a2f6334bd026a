using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>How a resource stands to another one.</summary>
    internal sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
    {
        /// <summary>The other one.</summary>
        public IResource Resource { get; } = resource;

        /// <summary>How.</summary>
        public string Type { get; } = type;
    }

    /// <summary>Starts only when somebody asks for it.</summary>
    internal sealed class ExplicitStartupAnnotation : IResourceAnnotation;
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
    }
}
