using Platform.LocalHost.CommandLine;
using Xunit;

namespace AppHost.Tests;

public sealed class MetadataWordsFacts
{
    [Fact]
    public void What_is_said_of_a_document_reaches_the_program_that_applies_it()
    {
        var request = LocalCommandLine.Parse(["metadata", "apply", "--tenant", "globex", "--file", "acme.json", "--prune", "--dry-run", "--note", "From acme"]);
        Assert.False(request.AnswersItself);
        Assert.Equal("metadata apply", request.Command);
        Assert.Equal(["--tenant", "globex", "--file", Path.GetFullPath("acme.json"), "--note", "From acme", "--prune", "--dry-run"], request.Words);
    }

    [Fact]
    public void A_version_is_named_by_its_number()
    {
        var request = LocalCommandLine.Parse(["metadata", "restore", "3"]);
        Assert.Equal(("metadata restore", "3"), (request.Command, Assert.Single(request.Words)));
        Assert.True(LocalCommandLine.Parse(["metadata", "restore", "the last one"]).AnswersItself);
    }
}
