using FluentValidation;
using Platform.Languages;
using Platform.Pipelines.Pipelines;

namespace Platform.Pipelines;

internal static class PipelinesSetup
{
    public static IServiceCollection AddPipelines(this IServiceCollection services) => services
        .AddWording(typeof(PipelinesSetup).Assembly)
        .AddSingleton<IValidator<V1.CreatePipelineRequest>, CreatePipeline.Validator>()
        .AddSingleton<IValidator<V1.UpdatePipelineRequest>, UpdatePipeline.Validator>();
}
