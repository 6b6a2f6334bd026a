using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a parameter is asked for.</summary>
[Experimental("ASPIREINTERACTION001")]
public class InputGeneratorAnnotation(Func<ParameterResource, InteractionInput> inputGenerator) : IResourceAnnotation
{
    /// <summary>Makes the field.</summary>
    public Func<ParameterResource, InteractionInput> InputGenerator { get; } = inputGenerator;
}
