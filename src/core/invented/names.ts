// Invented people's names. Made by hand for the replay: common given names, surnames that are
// joined from two halves. Nobody's voter list was read for them.

export const GIVEN_NAMES =
  'Abel Ada Alma Amos Anita Ansel Arlene Asa Avery Beatriz Benita Boyd Bram Calla Camilo Carla Cedric Celia Cyrus Dalia Darnell Della Dora Edwin Elena Elias Enid Esme Ezra Faye Felix Fern Gideon Gloria Greta Hector Hester Hollis Ida Imani Ines Ira Iris Jarvis Joel Jonah Judith Keziah Kurt Lamar Leona Linus Lorna Lowell Lucia Mabel Malik Mara Marisol Miles Mina Moira Nadia Naomi Nestor Nola Odell Olive Opal Orson Otis Perla Petra Quentin Ramona Reba Reuben Rhoda Rosa Roscoe Ruth Selma Silas Sonia Stella Sylvan Tamsin Thea Tobias Ursula Verna Vidal Wanda Wendell Willa Xenia Yolanda Zelda'.split(
    ' ',
  );

const HEADS =
  'Quill Thorn Wex Mar Pell Brack Dun Hazel Lark Morn Ostr Penn Rav Sorr Tarr Und Vell Wain Yar Ard Cold Fal Gren Holl'.split(
    ' ',
  );
const TAILS = 'low by wick mere stead ham ford ley croft dale worth shaw ridge gate'.split(' ');
const OTHERS = ['Peñalba', 'Orduño', 'Villacé', 'Sandéz', 'Aguilú', 'Müllrich', 'Søderlind'];

/** A surname from two halves; one in twenty holds a letter outside ASCII. */
export const surname = (draw: {
  readonly pick: <Item>(items: readonly Item[]) => Item;
  readonly chance: (probability: number) => boolean;
}): string => (draw.chance(0.05) ? draw.pick(OTHERS) : `${draw.pick(HEADS)}${draw.pick(TAILS)}`);
