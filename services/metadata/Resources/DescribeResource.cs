using Platform.Errors;
using Platform.Metadata.Fields;
using Platform.Metadata.Layouts;
using Platform.Metadata.Shapes;
using Platform.Metadata.Views;

namespace Platform.Metadata.Resources;

internal static class DescribeResource
{
    public static async Task<Result<V1.ResourceDescriptor>> Handle(string name, string language, ShapeWork work, CancellationToken cancellationToken)
    {
        Language.Speak(language);
        if (await work.FindAsync(name, cancellationToken) is not { } shape)
            return Error.Invalid("resource", FieldRules.ResourceAdvice);
        var descriptor = shape.Descriptor.Clone();
        await OfferedViews.AddAsync(descriptor, work, cancellationToken);
        await OfferedLayouts.AddAsync(descriptor, shape, work, cancellationToken);
        await OfferedRelations.AddAsync(descriptor, work, cancellationToken);
        return descriptor;
    }
}
