using DrAssistant.Data.Drafting;
using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Portal.Tests.Drafting;

/// <summary>Numbers, contractions, fillers and persons: how what is said is written.</summary>
public sealed class WhatSpeechBecomes
{
    [Theory]
    [InlineData("one thirty two over eighty", "132/80")]
    [InlineData("one twenty over seventy five", "120/75")]
    [InlineData("one eighteen over seventy two", "118/72")]
    [InlineData("one oh four over sixty", "104/60")]
    [InlineData("seven point five", "7.5")]
    [InlineData("seven . five is high", "7.5 is high")]
    [InlineData("point four", "0.4")]
    [InlineData("twenty milligrams", "20 mg")]
    [InlineData("one hundred and one point two", "101.2")]
    [InlineData("a hundred milligrams", "100 mg")]
    [InlineData("two thousand milligrams", "2000 mg")]
    [InlineData("in twenty eighteen", "in 2018")]
    [InlineData("three out of six", "3/6")]
    [InlineData("a fifty five year old", "a 55-year-old")]
    [InlineData("one plus pitting", "1+ pitting")]
    [InlineData("the white one", "the white one")]
    [InlineData("one week ago", "1 week ago")]
    [InlineData("forty five percent", "45%")]
    public void writes_numbers_as_a_note_does(string said, string written) => Assert.Equal(written, Cleaned(said));

    [Theory]
    [InlineData("um , i i do n't know", "i do not know")]
    [InlineData("we're gon na see", "we are going to see")]
    [InlineData("it sh- shows , you know , a tear", "it shows , a tear")]
    [InlineData("what kind of pain", "what kind of pain")]
    [InlineData("i-i can't", "i can not")]
    public void leaves_out_what_only_speech_carries(string said, string written) => Assert.Equal(written, Cleaned(said));

    [Theory]
    [InlineData("my throat hurts me", Speaker.Patient, "her throat hurts her")]
    [InlineData("i take it and i have pain", Speaker.Patient, "she takes it and she has pain")]
    [InlineData("i also worry", Speaker.Patient, "she also worries")]
    [InlineData("i took it", Speaker.Patient, "she took it")]
    [InlineData("i am fine", Speaker.Patient, "she is fine")]
    [InlineData("you have some swelling in your leg", Speaker.Doctor, "she has some swelling in her leg")]
    [InlineData("i will refer you to a surgeon", Speaker.Doctor, "i will refer her to a surgeon")]
    [InlineData("if you feel worse", Speaker.Doctor, "if she feels worse")]
    public void turns_into_the_third_person(string said, Speaker speaker, string written)
        => Assert.Equal(written, string.Join(' ', ThirdPerson.Of(Transcript.Cleaned(said, 0, said.Length), speaker, Subject.She).Select(w => w.Text)));

    [Fact]
    public void keeps_the_place_of_every_word()
    {
        const string said = "take forty milligrams , um , daily";

        var dose = Transcript.Cleaned(said, 0, said.Length).Single(w => w.Text == "40");

        Assert.Equal("forty", said[dose.Start..dose.End]);
    }

    private static string Cleaned(string said) => string.Join(' ', Transcript.Cleaned(said, 0, said.Length).Select(w => w.Text));
}
