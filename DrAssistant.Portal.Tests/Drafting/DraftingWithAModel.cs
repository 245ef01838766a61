using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Drafting;
using DrAssistant.Data.Drafting.Model;
using Microsoft.AspNetCore.Http;

namespace DrAssistant.Portal.Tests.Drafting;

/// <summary>A chat model drafts, over HTTP: what it is asked, what of its answer is shown, and what becomes of one that does not answer.</summary>
public sealed class DraftingWithAModel
{
    private static readonly DraftChart Chart = new("female", 54, ["Type 2 diabetes"], ["Metformin"], ["Penicillin"]);

    private static readonly string Answer = FakeModel.Sentences(
        ("subjective", "Chief complaint", "Left knee pain.", [3, 4]),
        ("subjective", "History of present illness", "The patient denies fever, chills or numbness.", [7, 8]),
        ("objective", "Physical exam", "Heart: 2/6 systolic ejection murmur.", [14]),
        ("plan", "Left knee pain", "Prescribe meloxicam 15 mg once a day.", [17]),
        ("plan", "Left knee pain", "Prescribe meloxicam 50 mg once a day.", [17]),
        ("subjective", "", "The patient reports right knee pain.", [4]),
        ("subjective", "", "The patient reports fever.", [7, 8]),
        ("assessment", "", "Penicillin allergy.", []),
        ("assessment", "", "Rheumatoid polyarthropathy with longstanding erosive destruction.", [17]));

    [Fact]
    public async Task shows_what_the_transcript_supports_and_removes_what_could_do_harm()
    {
        var draft = (await DraftAsync(FakeModel.Saying(Answer))).Value!;

        Assert.Equal(
            ["Left knee pain.", "The patient denies fever, chills or numbness.", "Heart: 2/6 systolic ejection murmur.", "Prescribe meloxicam 15 mg once a day."],
            draft.Sentences.Where(s => s.IsSupported).Select(s => s.Text));
        Assert.Equal([SupportFault.Words], Assert.Single(draft.Sentences, s => !s.IsSupported).Faults);
        Assert.Equal(4, draft.Removed);
        Assert.Equal(("model", "clinic-model"), (draft.Engine, draft.Version));
        var span = Assert.Single(draft.Sentences[3].Spans);
        Assert.Contains("meloxicam fifteen milligrams", InventedVisits.Knee[span.Start..span.End], StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_asked_for_structured_sentences_with_the_turns_and_the_charts_facts()
    {
        await using var model = await FakeModel.StartAsync(FakeModel.Saying(Answer));
        using var drafter = new ModelDrafter(Options(model));
        await drafter.DraftAsync(new DraftRequest(InventedVisits.Knee, Chart), TestContext.Current.CancellationToken);

        using var asked = JsonDocument.Parse(Assert.Single(model.Asked));
        Assert.Equal("clinic-model", asked.RootElement.GetProperty("model").GetString());
        Assert.Equal("json_schema", asked.RootElement.GetProperty("response_format").GetProperty("type").GetString());
        Assert.True(asked.RootElement.GetProperty("response_format").GetProperty("json_schema").GetProperty("strict").GetBoolean());
        var visit = asked.RootElement.GetProperty("messages")[1].GetProperty("content").ToString();
        Assert.Contains("Type 2 diabetes", visit, StringComparison.Ordinal);
        Assert.Contains("17 doctor: so for your first problem", visit, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("I am sorry, I cannot help with that.")]
    [InlineData("[]")]
    [InlineData("{\"sentences\": \"none\"}")]
    [InlineData("{\"sentences\": [")]
    public async Task refuses_an_answer_that_is_none(string content)
        => Assert.Equal(RefusalKind.Unavailable, (await DraftAsync(FakeModel.Saying(content))).Refusal?.Kind);

    [Fact]
    public async Task refuses_an_answer_that_was_cut_off()
        => Assert.Contains("no answer that can be used", (await DraftAsync(FakeModel.Saying(Answer, "length"))).Refusal?.Message, StringComparison.Ordinal);

    [Fact]
    public async Task leaves_out_of_an_answer_what_is_not_as_it_was_asked_for()
    {
        const string content = """
            ```json
            {"sentences": [7, {"section": "poem", "heading": "", "text": "Left knee pain.", "turns": [4]}, {"section": "subjective", "heading": "", "text": "Left knee pain.", "turns": [4, 4000, -1, "x"]}]}
            ```
            """;

        var draft = (await DraftAsync(FakeModel.Saying(content))).Value!;

        Assert.Equal("Left knee pain.", Assert.Single(draft.Sentences).Text);
        Assert.Single(draft.Sentences[0].Spans);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    [InlineData(302)]
    public async Task refuses_where_the_server_does(int status)
    {
        var refused = await DraftAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "http://elsewhere.example/v1/chat/completions";
            return context.Response.WriteAsync("no");
        });

        Assert.Equal(RefusalKind.Unavailable, refused.Refusal?.Kind);
    }

    [Fact]
    public async Task waits_no_longer_than_it_was_told_to()
    {
        var refused = await DraftAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default), TimeSpan.FromMilliseconds(300));

        Assert.Contains("too long", refused.Refusal?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task reads_no_more_than_a_draft_can_be()
    {
        var refused = await DraftAsync(async context =>
        {
            var rubbish = new byte[1_000_000];
            for (var i = 0; i < 100 && !context.RequestAborted.IsCancellationRequested; i++)
            {
                await context.Response.Body.WriteAsync(rubbish);
            }
        });

        Assert.Equal(RefusalKind.Unavailable, refused.Refusal?.Kind);
    }

    [Fact]
    public async Task sends_nothing_from_small_talk()
    {
        await using var model = await FakeModel.StartAsync(FakeModel.Saying(Answer));
        using var drafter = new ModelDrafter(Options(model));

        var draft = await drafter.DraftAsync(new DraftRequest(InventedVisits.SmallTalk), TestContext.Current.CancellationToken);

        Assert.NotNull(draft.Value!.WhyEmpty);
        Assert.Empty(model.Asked);
    }

    [Theory]
    [InlineData(true, null, "")]
    [InlineData(false, "http://models.clinic.example/v1", "m")]
    [InlineData(false, "https://169.254.169.254/v1", "m")]
    [InlineData(false, "file:///etc/passwd", "m")]
    public void is_not_set_up_where_it_would_be_unsafe(bool use, string? endpoint, string name)
        => Assert.NotNull(DraftingOptionsValidator.Failure(new DraftingOptions { UseModel = use, Model = new ModelOptions { Endpoint = endpoint is null ? null : new Uri(endpoint), Name = name } }));

    [Theory]
    [InlineData(null)]
    [InlineData("http://127.0.0.1:8080/v1")]
    [InlineData("https://models.clinic.example/v1")]
    public void is_set_up_by_an_address_and_a_name(string? endpoint)
        => Assert.Null(DraftingOptionsValidator.Failure(new DraftingOptions { UseModel = endpoint is not null, Model = new ModelOptions { Endpoint = endpoint is null ? null : new Uri(endpoint), Name = "m" } }));

    private static ModelOptions Options(FakeModel model, TimeSpan? timeout = null) => new() { Endpoint = model.Endpoint, Name = "clinic-model", ApiKey = "key", Timeout = timeout ?? TimeSpan.FromSeconds(30) };

    private static async Task<Result<DraftedNote>> DraftAsync(Func<HttpContext, Task> answer, TimeSpan? timeout = null)
    {
        await using var model = await FakeModel.StartAsync(answer);
        using var drafter = new ModelDrafter(Options(model, timeout));
        return await drafter.DraftAsync(new DraftRequest(InventedVisits.Knee), TestContext.Current.CancellationToken);
    }
}
